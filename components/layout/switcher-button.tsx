import { ChevronsUpDown } from 'lucide-react'
import type { ReactNode } from 'react'

interface SwitcherButtonProps {
  name: ReactNode
  /** Second line: region and cloud. */
  detail?: ReactNode
  /** Opens the dialog of projects; without it there is no other place. */
  onClick?: () => void
}

/** Where one stands, as a button that leads elsewhere; or as plain words where there is no elsewhere. */
export function SwitcherButton({ name, detail, onClick }: SwitcherButtonProps) {
  const words = (
    <span className="min-w-0 flex-1">
      <span className="line-clamp-2 break-words font-semibold">{name}</span>
      {!!detail && <span className="block truncate text-ink-3 text-xs">{detail}</span>}
    </span>
  )
  if (!onClick) return <div className="flex min-w-0 px-2.5 py-1.5">{words}</div>
  return (
    <button
      type="button"
      aria-haspopup="dialog"
      onClick={onClick}
      className="flex w-full min-w-0 items-center gap-2 rounded-lg border border-line-strong bg-surface px-2.5 py-1.5 text-left hover:bg-hover"
    >
      {words}
      <ChevronsUpDown className="size-4 flex-none text-ink-3" />
    </button>
  )
}
