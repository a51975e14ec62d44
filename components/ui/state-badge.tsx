import clsx from 'clsx'
import { Mark } from './mark'

export type MemberStatus = 'accepted' | 'pending' | 'rejected'

/** What a recipient has answered: its mark and the word. */
export function StatusBadge({ status, label }: { status: MemberStatus; label: string }) {
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
      <Mark state={status} />
      {label}
    </span>
  )
}

export type PairOutcome = 'waiting' | 'running' | 'done' | 'already' | 'failed' | 'skipped' | 'unknown'

/** How one pair of an act ended, or stands: its mark and the word. */
export function OutcomeBadge({ outcome, label }: { outcome: PairOutcome; label: string }) {
  return (
    <span
      className={clsx(
        'inline-flex items-center gap-1.5 whitespace-nowrap',
        outcome === 'failed' && 'text-danger-ink',
      )}
    >
      <Mark state={outcome} />
      {label}
    </span>
  )
}
