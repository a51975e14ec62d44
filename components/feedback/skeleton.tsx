import clsx from 'clsx'

/** A grey stand-in for something that is being read; size it by class. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden="true" className={clsx('block animate-pulse rounded-sm bg-sunken', className)} />
}
