import type { ReactNode } from 'react'

const MAIN_ID = 'main'

type AppFrameProps = {
  skipLabel: string
  /** SideNav, shown from 768 px. */
  side: ReactNode
  /** TopBar and BottomBar, shown below it. */
  top: ReactNode
  bottom: ReactNode
  children: ReactNode
}

/** Navigation beside the page; on a phone above and below it. The window scrolls, not a box inside it. */
export function AppFrame({ skipLabel, side, top, bottom, children }: AppFrameProps) {
  return (
    <>
      <a
        href={`#${MAIN_ID}`}
        className="-translate-y-20 fixed top-2 left-2 z-50 rounded-md bg-accent px-3 py-2 font-medium text-accent-fg focus:translate-y-0"
      >
        {skipLabel}
      </a>
      <div className="flex min-h-dvh max-md:flex-col">
        {side}
        {top}
        <main
          id={MAIN_ID}
          tabIndex={-1}
          className="flex min-w-0 flex-1 flex-col bg-surface outline-none max-md:pb-16"
        >
          {children}
        </main>
        {bottom}
      </div>
    </>
  )
}

/** A page with a panel at its side, from 1 024 px. */
export function SplitView({ children, panel }: { children: ReactNode; panel?: ReactNode }) {
  return (
    <div className="flex flex-1 max-lg:flex-col">
      <div className="flex min-w-0 flex-1 flex-col">{children}</div>
      {panel}
    </div>
  )
}
