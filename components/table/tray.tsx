'use client'

import clsx from 'clsx'
import { X } from 'lucide-react'
import type { ComponentProps, ReactNode } from 'react'
import { type Shortcuts, useShortcuts } from '@/components/ui/use-shortcuts'

type TrayProps = {
  /** Accessible name. */
  label: string
  /** What is ticked: "3 images". */
  summary: string
  /** TrayButtons. */
  children: ReactNode
  clearLabel: string
  onClear: () => void
}

/** Comes with a selection and holds the acts that fit it; Escape clears it. Put it last in the column that scrolls. */
export function Tray({ label, summary, children, clearLabel, onClear }: TrayProps) {
  const shortcuts: Shortcuts = {}
  // Apart, because a key with a capital letter looks like a component.
  shortcuts.Escape = () => {
    onClear()
    return true
  }
  useShortcuts(shortcuts)
  return (
    <section
      aria-label={label}
      data-tray=""
      className="pointer-events-none sticky bottom-4 z-30 mt-auto flex justify-center px-3 pt-4 max-md:bottom-18"
    >
      <div className="pointer-events-auto flex max-w-full items-center gap-1 rounded-xl bg-tray p-1.5 pl-4 text-tray-ink shadow-float">
        <p aria-live="polite" className="mr-2 flex-none whitespace-nowrap font-semibold">
          {summary}
        </p>
        <div className="flex min-w-0 items-center gap-1 overflow-x-auto p-0.5 [scrollbar-width:none]">
          {children}
        </div>
        <TrayButton
          aria-label={clearLabel}
          title={clearLabel}
          onClick={onClear}
          className="aspect-square !px-0 max-md:[&>svg]:!block"
        >
          <X className="size-4" />
        </TrayButton>
      </div>
    </section>
  )
}

type TrayButtonProps = ComponentProps<'button'> & { isPrimary?: boolean; disabledReason?: string | null }

export function TrayButton({ isPrimary, disabledReason, className, onClick, ...button }: TrayButtonProps) {
  return (
    <button
      type="button"
      title={disabledReason ?? undefined}
      {...button}
      aria-disabled={disabledReason ? true : undefined}
      onClick={disabledReason ? undefined : onClick}
      className={clsx(
        'inline-flex h-8 flex-none items-center justify-center gap-2 whitespace-nowrap rounded-lg px-3 font-medium max-md:px-2 max-md:[&>svg]:hidden transition-colors focus-visible:outline-tray-focus focus-visible:-outline-offset-1 [&>svg]:size-4',
        isPrimary ? 'bg-tray-accent text-tray-accent-fg' : 'hover:bg-tray-hover',
        disabledReason && 'cursor-not-allowed opacity-60',
        className,
      )}
    />
  )
}
