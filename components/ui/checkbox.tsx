'use client'

import clsx from 'clsx'
import { type ComponentProps, type ReactNode, useEffect, useId, useRef } from 'react'

type CheckboxProps = Omit<ComponentProps<'input'>, 'type'> & {
  isIndeterminate?: boolean
} & ({ label: ReactNode; 'aria-label'?: never } | { label?: never; 'aria-label': string })

/** A native checkbox, with its label or with an aria-label. Its target is 26 px, wider than the box. */
export function Checkbox({ label, isIndeterminate = false, className, ...input }: CheckboxProps) {
  const ref = useRef<HTMLInputElement>(null)
  // `indeterminate` exists only as a DOM property.
  useEffect(() => {
    if (ref.current) ref.current.indeterminate = isIndeterminate
  }, [isIndeterminate])
  const ownId = useId()
  const id = input.id ?? ownId
  const box = <input {...input} id={id} ref={ref} type="checkbox" className="checkbox" />
  if (label === undefined) {
    return <span className={clsx('relative inline-grid size-6 place-items-center', className)}>{box}</span>
  }
  return (
    <label htmlFor={id} className={clsx('flex min-h-6 items-start gap-2', className)}>
      <span className="flex h-5 items-center">{box}</span>
      <span className="min-w-0">{label}</span>
    </label>
  )
}
