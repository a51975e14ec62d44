'use client'
import clsx from 'clsx'

interface DayChipProps {
  label: string
  /** 2026-11-20, or empty. */
  value: string
  onChange: (value: string) => void
}

/** A filter that is a day: the system's own field in the shape of a chip. Half a date is none. */
export function DayChip({ label, value, onChange }: DayChipProps) {
  return (
    <label
      className={clsx(
        'inline-flex h-7 flex-none items-center gap-1.5 rounded-full px-2.5 text-sm transition-colors focus-within:outline-2 focus-within:outline-focus max-md:h-9',
        value === ''
          ? 'border border-line-strong border-dashed text-ink-2 hover:border-control hover:text-ink'
          : 'bg-accent-tint font-medium text-accent-ink',
      )}
    >
      {label}
      <input
        type="date"
        min="2000-01-01"
        max="2099-12-31"
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className="bg-transparent outline-none"
      />
    </label>
  )
}
