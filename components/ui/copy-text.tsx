'use client'

import clsx from 'clsx'
import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'

type CopyTextProps = {
  /** What is copied, in full. */
  text: string
  /** What is shown, when it is a shorter form. */
  shown?: string
  /** "Copy id", the button's name. */
  label: string
  /** "Copied", announced and shown for two seconds. */
  copiedLabel: string
  /** Broken over lines instead of cut. */
  isWhole?: boolean
  className?: string
}

/** An id or hash in mono with a button that copies it. */
export function CopyText({ text, shown, label, copiedLabel, isWhole, className }: CopyTextProps) {
  const [isCopied, setCopied] = useState(false)

  // A timer, cleared when the text goes or is copied again.
  useEffect(() => {
    if (!isCopied) return
    const timer = setTimeout(() => setCopied(false), 2000)
    return () => clearTimeout(timer)
  }, [isCopied])

  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text)
      setCopied(true)
    } catch {
      // Plain http on another host has no clipboard; the id can still be marked by hand.
      setCopied(false)
    }
  }

  return (
    <span
      className={clsx(
        'group/copy inline-flex min-w-0 max-w-full items-center gap-0.5 font-mono text-ink-3 text-xs',
        className,
      )}
    >
      <span className={isWhole ? 'min-w-0 break-all' : 'truncate'} title={shown ? text : undefined}>
        {shown ?? text}
      </span>
      <button
        type="button"
        aria-label={label}
        title={label}
        onClick={(event) => {
          event.stopPropagation()
          void copy()
        }}
        className="-my-1 inline-grid size-6 flex-none place-items-center rounded-sm text-ink-3 opacity-0 hover:bg-sunken hover:text-ink focus-visible:opacity-100 group-hover/copy:opacity-100 in-[tr:hover]:opacity-100 pointer-coarse:opacity-100"
      >
        {isCopied ? <Check className="size-3 text-accepted-ink" /> : <Copy className="size-3" />}
      </button>
      <span aria-live="polite" className="sr-only">
        {isCopied ? copiedLabel : ''}
      </span>
    </span>
  )
}
