import clsx from 'clsx'
import { type ReactNode, useId } from 'react'

type SectionProps = {
  title: ReactNode
  /** At the end of the title's line. */
  actions?: ReactNode
  children: ReactNode
  className?: string
}

/** A titled part of a page or panel. */
export function Section({ title, actions, children, className }: SectionProps) {
  const titleId = useId()
  return (
    <section aria-labelledby={titleId} className={clsx('flex flex-col gap-2', className)}>
      <div className="flex min-h-6 items-center gap-3">
        <h2 id={titleId} className="font-medium text-ink-2">
          {title}
        </h2>
        {!!actions && <div className="ml-auto flex items-center gap-2">{actions}</div>}
      </div>
      {children}
    </section>
  )
}

export type Fact = { key: string; label: ReactNode; value: ReactNode }

/** Facts as a two-column list: word, value. Lists below each other keep one column of words by `--facts-label`. */
export function FactList({ facts, className }: { facts: readonly Fact[]; className?: string }) {
  return (
    <dl
      className={clsx(
        'grid grid-cols-[minmax(var(--facts-label,5.25rem),auto)_minmax(0,1fr)] gap-x-4 gap-y-1.5',
        className,
      )}
    >
      {facts.map((fact) => (
        <div key={fact.key} className="contents">
          <dt className="text-ink-3">{fact.label}</dt>
          <dd className="min-w-0 break-words">{fact.value}</dd>
        </div>
      ))}
    </dl>
  )
}
