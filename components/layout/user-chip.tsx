import type { ReactNode } from 'react'

type UserChipProps = {
  /** One or two letters. */
  initials: string
  name: ReactNode
  /** Time left in the session. */
  detail?: ReactNode
  /** A menu, at the end. */
  action?: ReactNode
}

/** Who is signed in. */
export function UserChip({ initials, name, detail, action }: UserChipProps) {
  return (
    <div className="flex items-center gap-2.5">
      <span
        aria-hidden="true"
        className="inline-grid size-7 flex-none place-items-center rounded-full bg-accent-tint font-semibold text-accent-ink text-xs"
      >
        {initials}
      </span>
      <span className="min-w-0 flex-1">
        <span className="block truncate">{name}</span>
        {!!detail && <span className="block truncate text-ink-3 text-xs">{detail}</span>}
      </span>
      {action}
    </div>
  )
}
