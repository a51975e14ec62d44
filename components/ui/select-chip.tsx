import clsx from 'clsx'
import { ChevronDown, Plus } from 'lucide-react'
import type { SelectOption } from './select'

type SelectChipProps = {
  /** Its name, shown while nothing is chosen. */
  label: string
  options: readonly SelectOption[]
  /** Empty while nothing is chosen. */
  value: string
  onChange: (value: string) => void
}

/** A filter with one of several values: the system's own select in the shape of a chip. */
export function SelectChip({ label, options, value, onChange }: SelectChipProps) {
  const isActive = value !== ''
  const Icon = isActive ? ChevronDown : Plus
  return (
    <span
      className={clsx(
        'relative inline-flex h-7 max-w-48 flex-none items-center rounded-full text-sm transition-colors max-md:h-9',
        isActive
          ? 'bg-accent-tint font-medium text-accent-ink'
          : 'border border-line-strong border-dashed text-ink-2 hover:border-control hover:text-ink',
      )}
    >
      <select
        aria-label={label}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className={clsx(
          'h-full min-w-0 appearance-none truncate [field-sizing:content] rounded-full bg-transparent',
          isActive ? 'pr-7 pl-2.5' : 'pr-2.5 pl-7',
        )}
      >
        <option value="">{label}</option>
        {options.map((option) => (
          <option
            key={option.value}
            value={option.value}
            disabled={option.isDisabled}
            className="bg-raised text-ink"
          >
            {option.label}
          </option>
        ))}
      </select>
      <Icon
        className={clsx(
          'pointer-events-none absolute inset-y-0 my-auto size-3.5',
          isActive ? 'right-2' : 'left-2',
        )}
      />
    </span>
  )
}
