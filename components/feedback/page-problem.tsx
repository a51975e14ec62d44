import Link from 'next/link'
import type { ReactNode } from 'react'
import { buttonClass } from '@/components/ui/button-styles'
import { paths } from '@/lib/paths'

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
        <Link href={paths.home()} className={buttonClass()}>
          {homeLabel}
        </Link>
      </p>
    </Frame>
  )
}
