import clsx from 'clsx'
import type { ReactNode } from 'react'

export type BadgeTone = 'neutral' | 'accent' | 'accepted' | 'pending' | 'danger'

const TONES: Record<BadgeTone, string> = {
  neutral: 'bg-rejected-tint text-rejected-ink',
  accent: 'bg-accent-tint text-accent-ink',
  accepted: 'bg-accepted-tint text-accepted-ink',
  pending: 'bg-pending-tint text-pending-ink',
  danger: 'bg-danger-tint text-danger-ink',
}

type BadgeProps = { tone?: BadgeTone; icon?: ReactNode; children: ReactNode; className?: string }

/** A word on a tint. Give an icon where the tone carries meaning. */
export function Badge({ tone = 'neutral', icon, children, className }: BadgeProps) {
  return (
    <span
      className={clsx(
        'inline-flex h-5 max-w-full items-center gap-1 whitespace-nowrap rounded-full px-2 font-medium text-xs [&>svg]:size-3 [&>svg]:flex-none',
        TONES[tone],
        className,
      )}
    >
      {icon}
      <span className="truncate">{children}</span>
    </span>
  )
}

/** A number in the navigation or on a tab. */
export function CountBadge({ tone, children }: { tone: 'pending' | 'accent'; children: ReactNode }) {
  return (
    <span
      className={clsx(
        'inline-flex h-5 min-w-5 items-center justify-center rounded-full px-1.5 font-semibold text-xs',
        TONES[tone],
      )}
    >
      {children}
    </span>
  )
}
