import clsx from 'clsx'
import { Plus, X } from 'lucide-react'
import type { ReactNode } from 'react'

type FilterChipProps = {
  children: ReactNode
  /** An active filter is filled and removes itself; an inactive one adds itself. */
  isActive: boolean
  onClick: () => void
}

/** Turns a filter on and off. */
export function FilterChip({ children, isActive, onClick }: FilterChipProps) {
  return (
    <button
      type="button"
      aria-pressed={isActive}
      onClick={onClick}
      className={clsx(
        'inline-flex h-7 flex-none items-center gap-1.5 rounded-full px-2.5 text-sm transition-colors max-md:h-9 max-md:px-3',
        isActive
          ? 'bg-accent-tint font-medium text-accent-ink'
          : 'border border-line-strong border-dashed text-ink-2 hover:border-control hover:text-ink',
      )}
    >
      {!isActive && <Plus className="size-3.5" />}
      {children}
      {!!isActive && <X className="size-3.5" />}
    </button>
  )
}

type RemovableChipProps = {
  children: ReactNode
  icon?: ReactNode
  tone?: 'plain' | 'accent' | 'danger'
  /** "Remove retail-prod", the button's name. */
  removeLabel: string
  onRemove: () => void
}

const CHIP_TONES = {
  plain: 'border border-line-strong text-ink-2',
  accent: 'border border-transparent bg-accent-tint text-accent-ink',
  danger: 'border border-danger bg-danger-tint text-danger-ink',
}

/** One of several picked things, with a button that takes it out. */
export function RemovableChip({ children, icon, tone = 'plain', removeLabel, onRemove }: RemovableChipProps) {
  return (
    <span
      className={clsx(
        'inline-flex h-7 max-w-full items-center gap-1 rounded-full pr-0.5 pl-2.5 text-sm [&>svg]:size-3.5 [&>svg]:flex-none',
        CHIP_TONES[tone],
      )}
    >
      {icon}
      <span className="min-w-0 truncate">{children}</span>
      <button
        type="button"
        aria-label={removeLabel}
        title={removeLabel}
        onClick={onRemove}
        className="inline-grid size-6 flex-none place-items-center rounded-full hover:bg-current/10"
      >
        <X className="size-3.5" />
      </button>
    </span>
  )
}
