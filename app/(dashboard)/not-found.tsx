import type { Metadata } from 'next'
import { PageProblem } from '@/components/feedback/page-problem'
import { english } from '@/lib/messages/messages'

// biome-ignore lint/style/useComponentExportOnlyModules: Next reads it from the very file of the page.
export const metadata: Metadata = { title: english.pages.notFound.title }

/** The same words as outside, in the frame that stays round them. */
export default function NotFoundInside() {
  const { notFound, home } = english.pages
  return <PageProblem {...notFound} homeLabel={home} isInFrame />
}
