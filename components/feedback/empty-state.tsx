import type { ReactNode } from 'react'

type EmptyStateProps = {
  icon?: ReactNode
  title: string
  /** Why it is empty and what fills it. */
  children?: ReactNode
  /** The next step. */
  action?: ReactNode
}

/** Nothing here, and what to do next. */
export function EmptyState({ icon, title, children, action }: EmptyStateProps) {
  return (
    <div className="mx-auto flex max-w-md flex-col items-center gap-2 px-6 py-16 text-center">
      {!!icon && (
        <span className="mb-1 inline-grid size-11 place-items-center rounded-full bg-sunken text-ink-3 [&>svg]:size-5">
          {icon}
        </span>
      )}
      <h2 className="text-md">{title}</h2>
      {!!children && <div className="text-ink-2">{children}</div>}
      {!!action && <div className="mt-3 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  )
}
