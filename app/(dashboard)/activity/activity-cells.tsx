'use client'
import Link from 'next/link'
import { useTranslations } from 'use-intl'
import { useFailureSentence } from '@/components/feedback/failure-words'
import { NameCell } from '@/components/table/name-cell'
import { CopyText } from '@/components/ui/copy-text'
import { RelativeTime } from '@/components/ui/relative-time'
import { UntrustedText } from '@/components/ui/untrusted-text'
import type { ActivityEntry, ActivityTargets } from '@/lib/contracts/activity'
import { shortId } from '@/lib/util/format-id'
import { formatUtc } from '@/lib/util/format-time'
import { useOpenEntry } from './activity-context'
import { OutcomeMark } from './outcome-mark'
import { useChangeWords } from './use-change-words'
import { useFactWords } from './use-fact-words'
import { workOf } from './work-of'

interface CellProps {
  entry: ActivityEntry
}

/** The moment, to be compared with other logs; on a phone how long ago it was. */
export function When({ entry }: CellProps) {
  const [date, ...time] = formatUtc(Date.parse(entry.at), true).split(' ')
  return (
    <>
      <RelativeTime at={entry.at} className="text-sm @2xl:hidden" />
      <time dateTime={entry.at} className="flex flex-col tabular-nums @max-2xl:hidden">
        {date}
        <span className="text-ink-3 text-sm">{time.join(' ')}</span>
      </time>
    </>
  )
}

/** The act; the button shows what is stored of it. */
export function What({ entry }: CellProps) {
  const t = useTranslations('activity')
  const open = useOpenEntry()
  const { projectName } = entry.scope
  return (
    <NameCell
      detail={
        projectName !== null && (
          <span className="truncate">
            {t.rich('in', { project: () => <UntrustedText key="project" text={projectName} /> })}
          </span>
        )
      }
    >
      <button type="button" className="hover:underline" onClick={() => open(entry)}>
        {t(`verbs.${entry.verb}`)}
      </button>
    </NameCell>
  )
}

/** One by its name, several by their number. */
function Several({ targets, kind }: { targets: ActivityTargets; kind: 'images' | 'projects' }) {
  const t = useTranslations('activity')
  const [only] = targets.listed
  if (targets.count !== 1 || !only) return t(kind, { count: targets.count })
  return <UntrustedText text={only.name ?? shortId(only.id)} max={40} className="font-medium" />
}

/** The images and projects it was about, or what of an audit or this log; below it what was changed. */
export function OnWhat({ entry }: CellProps) {
  const change = useChangeWords()(entry.changes)
  const facts = useFactWords(entry)
  const about = [facts.session, facts.reach, facts.file].filter(Boolean).join(' · ')
  const target = entry.images.count > 0 ? <Targets entry={entry} /> : about || facts.audit
  const below = change ?? facts.read
  if (!target && !below) return null
  return (
    <div className="flex min-w-0 flex-col">
      <span className="truncate">{target}</span>
      {!!below && <span className="truncate text-ink-3 text-sm">{below}</span>}
    </div>
  )
}

function Targets({ entry: { verb, images, projects, pairs } }: CellProps) {
  const t = useTranslations('activity')
  const isAnswer = verb === 'share.accept' || verb === 'share.reject'
  if (projects.count === 0 || isAnswer) return <Several targets={images} kind="images" />
  // Not every image with every project: the product of both would be more than was done.
  const isWhole = pairs === null || pairs === images.count * projects.count
  return t.rich(isWhole ? 'targets' : 'somePairs', {
    count: pairs ?? 0,
    images: () => <Several key="images" targets={images} kind="images" />,
    projects: () => <Several key="projects" targets={projects} kind="projects" />,
  })
}

export function Who({ entry }: CellProps) {
  const t = useTranslations('activity')
  return entry.mine ? t('you') : <UntrustedText text={entry.actor.name} className="block truncate" />
}

const countsShown = ['done', 'already', 'failed', 'skipped'] as const

/** How it ended; below it how many pairs, or why. */
export function Outcome({ entry }: CellProps) {
  const t = useTranslations('activity')
  const sentence = useFailureSentence()
  const { counts, code } = entry
  const detail =
    counts === null
      ? code && sentence({ code })
      : countsShown
          .filter((state) => counts[state] > 0)
          .map((state) => t(`counts.${state}`, { count: counts[state] }))
          .join(' · ')
  return (
    <div className="flex min-w-0 flex-col">
      <OutcomeMark entry={entry} />
      {!!detail && (
        <span className="truncate text-ink-3 text-sm @max-2xl:whitespace-normal" title={detail}>
          {detail}
        </span>
      )}
    </div>
  )
}

/** The job with every pair, the audit, or what to quote to whoever runs the cloud or this server. */
export function Reference({ entry }: CellProps) {
  const t = useTranslations('activity')
  const tc = useTranslations('common')
  const id = entry.upstreamRequestId ?? entry.requestId
  const work = workOf(entry)
  if (work) {
    return (
      <Link href={work.href} prefetch={false} className="text-accent-ink hover:underline">
        {t(work.kind)}
      </Link>
    )
  }
  if (id === null) return null
  return <CopyText text={id} label={tc('copy', { what: t('theRequest') })} copiedLabel={tc('copied')} />
}
