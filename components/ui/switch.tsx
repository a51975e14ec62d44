import clsx from 'clsx'
import type { ComponentProps, ReactNode } from 'react'

type SwitchProps = Omit<ComponentProps<'input'>, 'type' | 'role'> & { label: ReactNode }

/** An on/off setting that takes effect at once. */
export function Switch({ label, className, ...input }: SwitchProps) {
  return (
    <label className={clsx('flex min-h-6 items-center gap-2', className)}>
      {/* biome-ignore lint/a11y/useAriaPropsForRole: the native checked state is the switch's. */}
      <input {...input} type="checkbox" role="switch" className="switch" />
      <span className="min-w-0">{label}</span>
    </label>
  )
}
