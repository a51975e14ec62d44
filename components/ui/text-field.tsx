import clsx from 'clsx'
import type { ComponentProps } from 'react'
import { Field, type FieldText } from './field'
import { INPUT_CLASS } from './field-styles'

type TextFieldProps = FieldText & ComponentProps<'input'> & { /** For ids and codes. */ isMono?: boolean }

export function TextField({
  label,
  hint,
  error,
  isLabelHidden,
  isMono,
  className,
  ...input
}: TextFieldProps) {
  return (
    <Field {...{ label, hint, error, isLabelHidden, className }} id={input.id}>
      {(wiring) => (
        <input
          type="text"
          {...input}
          {...wiring}
          className={clsx(INPUT_CLASS, 'h-8 max-md:h-10', isMono && 'font-mono')}
        />
      )}
    </Field>
  )
}
