import type { ReactNode } from 'react'

/** The phone's first line: switcher, search, menu. */
export function TopBar({ children }: { children: ReactNode }) {
  return <header className="flex items-center gap-2 bg-canvas px-4 pt-3 md:hidden">{children}</header>
}

/** The phone's navigation, in reach of the thumb. Its items are BottomBarItem. */
export function BottomBar({ label, children }: { label: string; children: ReactNode }) {
  return (
    <nav
      aria-label={label}
      className="fixed inset-x-0 bottom-0 z-30 border-line border-t bg-canvas pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      <ul className="flex px-2">{children}</ul>
    </nav>
  )
}
