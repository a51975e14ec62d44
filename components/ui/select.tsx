import clsx from 'clsx'
import { ChevronsUpDown } from 'lucide-react'
import type { ComponentProps } from 'react'
import { Field, type FieldText } from './field'
import { INPUT_CLASS } from './field-styles'

export type SelectOption = { value: string; label: string; isDisabled?: boolean }

type SelectProps = FieldText &
  Omit<ComponentProps<'select'>, 'children'> & { options: readonly SelectOption[] }

/** The system's own select, in our clothes. */
export function Select({ label, hint, error, isLabelHidden, options, className, ...select }: SelectProps) {
  return (
    <Field {...{ label, hint, error, isLabelHidden, className }} id={select.id}>
      {(wiring) => (
        <span className="relative grid">
          <select
            {...select}
            {...wiring}
            className={clsx(INPUT_CLASS, 'h-8 appearance-none truncate !pr-8 max-md:h-10')}
          >
            {options.map((option) => (
              <option key={option.value} value={option.value} disabled={option.isDisabled}>
                {option.label}
              </option>
            ))}
          </select>
          <ChevronsUpDown className="pointer-events-none absolute inset-y-0 right-2 my-auto size-4 text-ink-3" />
        </span>
      )}
    </Field>
  )
}
