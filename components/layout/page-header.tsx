import type { ReactNode } from 'react'

type PageHeaderProps = {
  title: ReactNode
  /** One line: counts, where one is. */
  subtitle?: ReactNode
  /** Buttons; one primary at most. */
  actions?: ReactNode
  /** Search, filters or tabs, below. Tabs sit on the header's line: give `isFlush`. */
  children?: ReactNode
  isFlush?: boolean
}

/** Where one is and what can be done here. */
export function PageHeader({ title, subtitle, actions, children, isFlush }: PageHeaderProps) {
  return (
    <header className="border-line border-b bg-canvas px-4 pt-4 md:px-6">
      <div className="flex flex-wrap items-start gap-x-6 gap-y-3 pb-3">
        <div className="min-w-0 flex-1 basis-64">
          <h1 className="break-words text-xl">{title}</h1>
          {!!subtitle && <div className="mt-0.5 text-ink-2">{subtitle}</div>}
        </div>
        {!!actions && <div className="flex flex-wrap items-center gap-2 md:pt-1">{actions}</div>}
      </div>
      {!!children && <div className={isFlush ? '' : 'pb-3'}>{children}</div>}
    </header>
  )
}

/** Search and filters in one line. */
export function FilterBar({ children }: { children: ReactNode }) {
  return <div className="flex flex-wrap items-center gap-2">{children}</div>
}

/** The chips in it. On a phone one line that is pushed sideways, so that the first row is in view. */
export function FilterChips({ children }: { children: ReactNode }) {
  return (
    <div className="-mx-4 -my-1 flex basis-[calc(100%+2rem)] gap-2 overflow-x-auto px-4 py-1 [scrollbar-width:none] md:contents">
      {children}
    </div>
  )
}
