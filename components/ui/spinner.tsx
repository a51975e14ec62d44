import clsx from 'clsx'

/** A turning ring. Decoration: the words beside it say what is going on. */
export function Spinner({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 16 16" className={clsx('size-4 flex-none animate-spin', className)} aria-hidden="true">
      <circle cx="8" cy="8" r="6" fill="none" strokeWidth="2" className="stroke-current opacity-25" />
      <path
        d="M8 2a6 6 0 0 1 6 6"
        fill="none"
        strokeWidth="2"
        strokeLinecap="round"
        className="stroke-current"
      />
    </svg>
  )
}
