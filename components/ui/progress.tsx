import clsx from 'clsx'

type ProgressProps = {
  label: string
  /** Without it the end is not known: the bar is empty and the words beside it must speak. */
  value?: number
  max?: number
  className?: string
}

/** The native progress bar. For the outcome of a job use OutcomeBar. */
export function Progress({ label, value, max = 1, className }: ProgressProps) {
  return <progress aria-label={label} value={value} max={max} className={clsx('progress', className)} />
}
