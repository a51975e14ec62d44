import type { Metadata } from 'next'
import { PageProblem } from '@/components/feedback/page-problem'
import { english } from '@/lib/messages/messages'

export const metadata: Metadata = { title: english.pages.notFound.title }

export default function NotFoundPage() {
  const { notFound, home } = english.pages
  return <PageProblem {...notFound} homeLabel={home} />
}
