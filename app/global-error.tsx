'use client'
import { PageProblem } from '@/components/feedback/page-problem'
import pages from '@/lib/messages/en/pages.json'
import './globals.css'

/** The last resort, when even the root layout broke. It brings its own document, words and sheet. */
export default function GlobalErrorPage() {
  return (
    <html lang="en">
      <body>
        <title>{pages.broken.title}</title>
        <PageProblem {...pages.broken} homeLabel={pages.home} />
      </body>
    </html>
  )
}
