import type { ReactNode } from 'react'
import { buttonClass } from '@/components/ui/button-styles'

interface PageProblemProps {
  title: string
  text: string
  homeLabel: string
  /** Within the frame of the screens, which has the page's landmarks already. */
  isInFrame?: boolean
  children?: ReactNode
}

/** A whole page that can't be shown: what happened, and the ways out. */
export function PageProblem({ title, text, homeLabel, isInFrame, children }: PageProblemProps) {
  const Frame = isInFrame ? 'div' : 'main'
  return (
    <Frame className="mx-auto flex min-h-[60dvh] max-w-md flex-col justify-center gap-3 px-5 py-16">
      <h1 className="text-xl">{title}</h1>
      <p className="text-ink-2 text-md leading-6">{text}</p>
      {children}
      <p className="mt-2">
        {/* A full load: whatever broke is left behind. And the router's link would be in every page's first load. */}
        <a href="/" className={buttonClass()}>
          {homeLabel}
        </a>
      </p>
    </Frame>
  )
}
