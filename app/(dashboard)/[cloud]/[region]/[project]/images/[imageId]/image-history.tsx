'use client'
import { useInfiniteQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useTranslations } from 'use-intl'
import { OnWhat, Outcome, Who } from '@/app/(dashboard)/activity/activity-cells'
import { FailureText } from '@/components/feedback/failure-text'
import { Notice } from '@/components/feedback/notice'
import { Skeleton } from '@/components/feedback/skeleton'
import { Section } from '@/components/layout/section'
import { RelativeTime } from '@/components/ui/relative-time'
import type { ActivityEntry } from '@/lib/contracts/activity'
import { paths } from '@/lib/paths'
import { activity } from '@/lib/queries/activity'

const shown = 5

/** What was done with an image through the dashboard: the newest acts, and the way to the rest. */
export function ImageHistory({ imageId }: { imageId: string }) {
  const t = useTranslations('activity.history')
  const list = useInfiniteQuery(activity.pages({ text: imageId }))
  const entries = list.data?.pages.flatMap((page) => page.entries)
  return (
    <Section
      title={t('title')}
      className="-mt-px border-line border-t px-4 py-4 md:px-6"
      actions={
        !!entries?.length && (
          <Link
            href={`${paths.activity()}?${new URLSearchParams({ text: imageId })}`}
            prefetch={false}
            className="text-accent-ink text-sm hover:underline"
          >
            {t('all')}
          </Link>
        )
      }
    >
      {entries ? (
        <Acts entries={entries.slice(0, shown)} />
      ) : list.error ? (
        <Notice tone="danger" title={t('errorTitle')}>
          <FailureText error={list.error} />
        </Notice>
      ) : (
        <div role="status" aria-label={t('loading')}>
          <Skeleton className="h-5 w-3/4" />
        </div>
      )}
    </Section>
  )
}

function Acts({ entries }: { entries: readonly ActivityEntry[] }) {
  const t = useTranslations('activity')
  if (entries.length === 0) return <p className="text-ink-3">{t('history.none')}</p>
  return (
    <ul className="flex flex-col">
      {entries.map((entry) => (
        <li
          key={entry.id}
          className="grid grid-cols-2 gap-x-4 gap-y-1 border-line py-2 not-first:border-t md:grid-cols-4"
        >
          <span className="flex min-w-0 flex-col">
            <span className="font-medium">{t(`verbs.${entry.verb}`)}</span>
            <RelativeTime at={entry.at} className="text-ink-3 text-sm" />
          </span>
          <OnWhat entry={entry} />
          <span className="min-w-0 text-ink-2">
            {t.rich('history.by', { who: () => <Who key="who" entry={entry} /> })}
          </span>
          <Outcome entry={entry} />
        </li>
      ))}
    </ul>
  )
}
