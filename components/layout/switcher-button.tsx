import clsx from 'clsx'
import { ChevronsUpDown } from 'lucide-react'
import type { ComponentProps, ReactNode } from 'react'

type SwitcherButtonProps = Omit<ComponentProps<'button'>, 'name'> & {
  name: ReactNode
  /** Second line: region and cloud. */
  detail?: ReactNode
}

/** Where one stands, as a button that leads elsewhere. */
export function SwitcherButton({ name, detail, className, ...button }: SwitcherButtonProps) {
  return (
    <button
      type="button"
      {...button}
      className={clsx(
        'flex w-full min-w-0 items-center gap-2 rounded-lg border border-line-strong bg-surface px-2.5 py-1.5 text-left hover:bg-hover',
        className,
      )}
    >
      <span className="min-w-0 flex-1">
        <span className="block truncate font-semibold">{name}</span>
        {!!detail && <span className="block truncate text-ink-3 text-xs">{detail}</span>}
      </span>
      <ChevronsUpDown className="size-4 flex-none text-ink-3" />
    </button>
  )
}
