'use client'

import clsx from 'clsx'
import { Search, X } from 'lucide-react'
import { type ComponentProps, type KeyboardEvent, useRef } from 'react'
import { INPUT_CLASS } from './field-styles'
import { Kbd } from './kbd'

type SearchFieldProps = Omit<ComponentProps<'input'>, 'type' | 'value' | 'onChange' | 'ref'> & {
  /** The accessible name. */
  label: string
  value: string
  onChange: (value: string) => void
  clearLabel: string
  /** The key that leads here, shown while empty; useShortcut listens for it. */
  shortcut?: string
}

/** Search as one types. Escape clears, Enter leads out of it to the keys of the rows. The element with data-search is where "/" leads. */
export function SearchField({
  label,
  value,
  onChange,
  clearLabel,
  shortcut,
  className,
  ...rest
}: SearchFieldProps) {
  const ref = useRef<HTMLInputElement>(null)
  const handleKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && !event.nativeEvent.isComposing && !ref.current?.closest('dialog')) {
      ref.current?.blur()
    }
    if (event.key !== 'Escape') return
    if (value === '') ref.current?.blur()
    else onChange('')
  }
  return (
    <span className={clsx('relative inline-block', className)}>
      <Search className="pointer-events-none absolute inset-y-0 left-2.5 my-auto size-4 text-ink-3" />
      <input
        {...rest}
        ref={ref}
        type="search"
        data-search=""
        aria-label={label}
        aria-keyshortcuts={shortcut}
        autoComplete="off"
        spellCheck={false}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={handleKeyDown}
        className={clsx(
          INPUT_CLASS,
          'h-8 text-ellipsis !px-8 max-md:h-10 [&::-webkit-search-cancel-button]:hidden',
        )}
      />
      {value === '' && shortcut && (
        <Kbd className="pointer-events-none absolute inset-y-0 right-2 my-auto h-[1.125rem] text-ink-3">
          {shortcut}
        </Kbd>
      )}
      {value !== '' && (
        <button
          type="button"
          aria-label={clearLabel}
          title={clearLabel}
          onClick={() => {
            onChange('')
            ref.current?.focus()
          }}
          className="absolute inset-y-0 right-1 my-auto inline-grid size-6 place-items-center rounded-sm text-ink-3 hover:bg-sunken hover:text-ink"
        >
          <X className="size-3.5" />
        </button>
      )}
    </span>
  )
}
