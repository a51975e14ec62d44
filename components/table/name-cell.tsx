import type { ReactNode } from 'react'

type NameCellProps = {
  /** A link with the name in UntrustedText. */
  children: ReactNode
  /** Second line: the id with copy, or where it comes from. */
  detail?: ReactNode
}

/** Name over id, one line each. */
export function NameCell({ children, detail }: NameCellProps) {
  return (
    <div className="flex min-w-0 flex-col">
      <span className="truncate font-semibold @max-2xl:whitespace-normal @max-2xl:text-md">{children}</span>
      {!!detail && <span className="flex min-w-0 text-ink-3 text-sm">{detail}</span>}
    </div>
  )
}
