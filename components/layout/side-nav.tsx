import type { ReactNode } from 'react'

type NavGroup = { key: string; label?: string; items: ReactNode }

type SideNavProps = {
  label: string
  /** The project and region switcher. */
  top?: ReactNode
  groups: readonly NavGroup[]
  /** Who is signed in, time left, theme. */
  footer?: ReactNode
}

/** The navigation at the left, from 768 px. Its items are NavItem. */
export function SideNav({ label, top, groups, footer }: SideNavProps) {
  return (
    <header className="sticky top-0 flex h-dvh w-56 flex-none flex-col border-line border-r bg-canvas max-md:hidden">
      {!!top && <div className="px-3 pt-3">{top}</div>}
      <nav aria-label={label} className="min-h-0 flex-1 overflow-y-auto px-3 py-3">
        {groups.map((group) => (
          <div key={group.key} className="mb-3">
            {!!group.label && (
              <p className="px-2.5 pt-1 pb-1.5 font-medium text-ink-3 text-xs">{group.label}</p>
            )}
            <ul className="flex flex-col gap-0.5">{group.items}</ul>
          </div>
        ))}
      </nav>
      {!!footer && <div className="border-line border-t px-3 py-2.5">{footer}</div>}
    </header>
  )
}
