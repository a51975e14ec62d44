'use client'
import Link from 'next/link'
import { useTranslations } from 'use-intl'
import { useFailureSentence } from '@/components/feedback/failure-words'
import { Notice } from '@/components/feedback/notice'
import { SplitView } from '@/components/layout/app-frame'
import { type Fact, FactList, Section } from '@/components/layout/section'
import { buttonClass } from '@/components/ui/button-styles'
import { CopyText } from '@/components/ui/copy-text'
import { RelativeTime } from '@/components/ui/relative-time'
import { UntrustedText } from '@/components/ui/untrusted-text'
import type { UpstreamJobReport } from '@/lib/contracts/jobs'
import type { Scope } from '@/lib/contracts/scope'
import { paths } from '@/lib/paths'
import { isUnderWay } from '@/lib/queries/cloud-jobs'
import { CloudJobBadge } from '../cloud-job-badge'
import { CloudJobResults } from './cloud-job-results'

interface CloudJobProps {
  scope: Scope
  job: UpstreamJobReport
  /** The last question failed; what is shown is older. */
  isStale: boolean
}

/** What the cloud tells of its job, and what that is worth. */
export function CloudJob({ scope, job, isStale }: CloudJobProps) {
  const t = useTranslations('cloudJob')
  const isOpen = isUnderWay(job)
  return (
    <SplitView
      panel={
        <div className="flex flex-col gap-6 border-line bg-canvas p-4 max-lg:border-t md:px-5 lg:w-80 lg:flex-none xl:w-96 lg:border-l">
          <Notice
            title={t('truthTitle')}
            actions={
              <Link href={paths.images(scope)} prefetch={false} className={buttonClass({ size: 'sm' })}>
                {t('toImages')}
              </Link>
            }
          >
            {t('truth')}
          </Notice>
          <p className="text-ink-3 text-sm">{t(isOpen ? 'watching' : 'stopped')}</p>
        </div>
      }
    >
      <div className="flex flex-col gap-8 px-4 py-5 md:px-6">
        {!!isStale && isOpen && <Notice tone="warning">{t('stale')}</Notice>}
        <Section title={t('facts')} className="[--facts-label:7rem]">
          <FactList facts={useFacts(job)} />
        </Section>
        <Section title={t('results')}>
          <CloudJobResults job={job} />
        </Section>
      </div>
    </SplitView>
  )
}

/** IMS's own names of the jobs that touch members, and ours. */
const kinds = {
  imsAddImageMembersJob: 'add',
  imsDelImageMembersJob: 'remove',
  imsUpdateImageMembersJob: 'answer',
} as const

const kindOf = (type: string) => Object.entries(kinds).find(([name]) => name === type)?.[1] ?? 'other'

function useFacts(job: UpstreamJobReport): Fact[] {
  const t = useTranslations('cloudJob')
  const tc = useTranslations('common')
  const sentence = useFailureSentence()
  const untold = (words: string) => <span className="text-ink-3">{words}</span>
  const facts: (Fact | null)[] = [
    {
      key: 'id',
      label: t('id'),
      value: (
        <CopyText
          text={job.id}
          label={tc('copy', { what: t('theId') })}
          copiedLabel={tc('copied')}
          className="!text-ink"
          isWhole
        />
      ),
    },
    { key: 'state', label: t('state'), value: <CloudJobBadge state={job.state} /> },
    job.code === null ? null : { key: 'reason', label: t('reason'), value: sentence({ code: job.code }) },
    job.type === null
      ? null
      : {
          key: 'type',
          label: t('type'),
          value: (
            <span className="flex flex-wrap items-baseline gap-x-2">
              {t(`types.${kindOf(job.type)}`)}
              <UntrustedText text={job.type} max={64} className="font-mono text-ink-3 text-xs" />
            </span>
          ),
        },
    {
      key: 'started',
      label: t('started'),
      value: job.startedAt === null ? untold(t('startedUntold')) : <RelativeTime at={job.startedAt} />,
    },
    {
      key: 'finished',
      label: t('finished'),
      value:
        job.finishedAt === null ? (
          untold(t(isUnderWay(job) ? 'finishedUntold' : 'finishedNotTold'))
        ) : (
          <RelativeTime at={job.finishedAt} />
        ),
    },
  ]
  return facts.filter((fact) => fact !== null)
}
