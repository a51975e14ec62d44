'use client'

import clsx from 'clsx'
import { X } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef } from 'react'
import { IconButton } from './icon-button'

type SidePanelProps = {
  title: ReactNode
  /** Second line, as an id. */
  detail?: ReactNode
  children: ReactNode
  /** Stays in view below the scrolled content. */
  footer?: ReactNode
  /** With it the panel can be closed, by its button and by Escape. */
  onClose?: () => void
  closeLabel?: string
  /** Opened by a key: it takes the focus beside the list too, or every row would lie between the two. */
  isForKeys?: boolean
  className?: string
}

/** Explains what is picked while the list stays in view; under 1 024 px it lies over it, on a phone from below. */
export function SidePanel({
  title,
  detail,
  children,
  footer,
  onClose,
  closeLabel,
  isForKeys = false,
  className,
}: SidePanelProps) {
  const titleId = useId()
  const ref = useRef<HTMLElement>(null)
  const isClosable = onClose !== undefined

  // Over the list it covers what had the focus: it takes it over, and gives it back when it goes.
  useEffect(() => {
    if (!isClosable || !(isForKeys || window.matchMedia('(width < 64rem)').matches)) return
    const before = document.activeElement
    ref.current?.focus()
    return () => {
      if (before instanceof HTMLElement) before.focus()
    }
  }, [isClosable, isForKeys])

  const handleKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !onClose || event.defaultPrevented) return
    event.preventDefault()
    onClose()
  }
  return (
    <aside
      ref={ref}
      aria-labelledby={titleId}
      tabIndex={-1}
      onKeyDown={handleKeyDown}
      className={clsx(
        'flex flex-col border-line bg-canvas outline-none lg:w-96 lg:flex-none lg:border-l',
        isClosable
          ? 'max-lg:fixed max-lg:right-0 max-lg:bottom-0 max-lg:z-40 max-lg:shadow-float max-md:left-0 max-md:max-h-[85dvh] max-md:rounded-t-xl max-md:border-t md:max-lg:top-0 md:max-lg:w-96 md:max-lg:border-l'
          : 'max-lg:border-t',
        className,
      )}
    >
      {/* Lower than the window by the header above it, so that the footer is in view before anything is scrolled. */}
      <div className="flex min-h-0 flex-col lg:sticky lg:top-0 lg:max-h-[calc(100dvh-7rem)]">
        <header className="flex items-start gap-3 px-4 pt-5 pb-2 md:px-5">
          <div className="min-w-0 flex-1">
            <h2 id={titleId} className="break-words text-md">
              {title}
            </h2>
            {!!detail && <div className="mt-0.5 break-words text-ink-3 text-sm">{detail}</div>}
          </div>
          {!!onClose && !!closeLabel && (
            <IconButton label={closeLabel} size="sm" onClick={onClose} className="-mt-1 -mr-1.5">
              <X className="size-4" />
            </IconButton>
          )}
        </header>
        <div className="min-h-0 overflow-y-auto px-4 pt-1 pb-5 md:px-5">{children}</div>
        {!!footer && <footer className="border-line border-t px-4 pt-3 pb-5 md:px-5">{footer}</footer>}
      </div>
    </aside>
  )
}
