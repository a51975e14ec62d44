import clsx from 'clsx'
import type { ReactNode } from 'react'

/** A key. Hidden from screen readers and on touch widths; the control carries aria-keyshortcuts. */
export function Kbd({ children, className }: { children: ReactNode; className?: string }) {
  return (
    <span
      aria-hidden="true"
      className={clsx(
        'rounded-sm border border-current/25 px-1 font-mono text-xs leading-4 opacity-90 max-md:hidden',
        className,
      )}
    >
      {children}
    </span>
  )
}
