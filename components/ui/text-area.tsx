import clsx from 'clsx'
import type { ComponentProps } from 'react'
import { Field, type FieldText } from './field'
import { INPUT_CLASS } from './field-styles'

type TextAreaProps = FieldText & ComponentProps<'textarea'> & { /** For ids and codes. */ isMono?: boolean }

export function TextArea({ label, hint, error, isLabelHidden, isMono, className, ...input }: TextAreaProps) {
  return (
    <Field {...{ label, hint, error, isLabelHidden, className }} id={input.id}>
      {(wiring) => (
        <textarea
          rows={4}
          {...input}
          {...wiring}
          className={clsx(INPUT_CLASS, 'py-1.5', isMono && 'font-mono text-sm')}
        />
      )}
    </Field>
  )
}
