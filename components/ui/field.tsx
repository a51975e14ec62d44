import clsx from 'clsx'
import { CircleAlert } from 'lucide-react'
import { type ReactNode, useId } from 'react'

/** What every field can carry besides its own input. */
export type FieldText = {
  label: string
  /** One line below the label. */
  hint?: ReactNode
  /** What is wrong with the value; its presence marks the field invalid. */
  error?: string | null
  /** Keeps the label for screen readers only. */
  isLabelHidden?: boolean
}

type FieldWiring = {
  id: string
  'aria-describedby': string | undefined
  'aria-invalid': true | undefined
}

type FieldProps = FieldText & {
  id?: string
  className?: string
  children: (wiring: FieldWiring) => ReactNode
}

/** Label, hint and error around one input, wired by ids. */
export function Field({ label, hint, error, isLabelHidden, id, className, children }: FieldProps) {
  const ownId = useId()
  const fieldId = id ?? ownId
  const hintId = `${fieldId}-hint`
  const errorId = `${fieldId}-error`
  const describedBy = [hint ? hintId : null, error ? errorId : null].filter(Boolean).join(' ')
  return (
    <div className={clsx('flex min-w-0 flex-col gap-1', className)}>
      <label htmlFor={fieldId} className={isLabelHidden ? 'sr-only' : 'font-medium text-ink'}>
        {label}
      </label>
      {children({
        id: fieldId,
        'aria-describedby': describedBy || undefined,
        'aria-invalid': error ? true : undefined,
      })}
      {!!hint && (
        <p id={hintId} className="text-ink-3 text-sm">
          {hint}
        </p>
      )}
      {!!error && (
        <p id={errorId} className="flex gap-1.5 text-danger-ink text-sm">
          <CircleAlert className="mt-0.5 size-3.5 flex-none" />
          <span className="min-w-0 break-words">{error}</span>
        </p>
      )}
    </div>
  )
}
