'use client'
import { useQuery } from '@tanstack/react-query'
import { X } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { useFailureSentence } from '@/components/feedback/failure-words'
import { type Fact, FactList, Section } from '@/components/layout/section'
import { CopyText } from '@/components/ui/copy-text'
import { IconButton } from '@/components/ui/icon-button'
import { RelativeTime } from '@/components/ui/relative-time'
import { OutcomeBadge } from '@/components/ui/state-badge'
import { UntrustedText } from '@/components/ui/untrusted-text'
import type { ItemState, JobItemView, JobTarget, JobView } from '@/lib/contracts/jobs'
import { jobs } from '@/lib/queries/jobs'
import { pairFailure, pairOffset, pairState } from '@/lib/util/job-progress'
import type { PairAt } from './job-view'

interface PairDetailsProps {
  job: JobView
  chosen: PairAt
  onClose: () => void
}

/** One pair of the grid in words: where it stands, why, since when. */
export function PairDetails({ job, chosen, onClose }: PairDetailsProps) {
  const t = useTranslations('job.pair')
  const state = pairState(job.cells, chosen.row, chosen.column)
  return (
    <Section
      title={t('heading')}
      actions={
        <IconButton label={t('close')} size="sm" onClick={onClose}>
          <X className="size-4" />
        </IconButton>
      }
    >
      {state && <PairFacts job={job} at={chosen} state={state} />}
    </Section>
  )
}

function PairFacts({ job, at, state }: { job: JobView; at: PairAt; state: ItemState }) {
  const t = useTranslations('job.pair')
  const tc = useTranslations('common')
  const words = useTranslations('job.cells')
  const sentence = useFailureSentence()
  const isSent = state !== 'waiting' && state !== 'skipped'
  const offset = pairOffset(job.cells, at.row, at.column)
  const { data } = useQuery({ ...jobs.item(job.id, offset, state), enabled: isSent })
  // The list could be ordered otherwise than we count; then nothing is better than another pair's times.
  const item: JobItemView | null = data && data.image === at.row && data.project === at.column ? data : null

  const failure = pairFailure(job.failures, at.row, at.column)
  const code = item?.code ?? failure?.code ?? null
  const requestId = item?.requestId ?? null
  const image = job.images[at.row]
  const project = job.projects[at.column]

  const facts: (Fact | null)[] = [
    image ? { key: 'image', label: t('image'), value: <WholeTarget target={image} /> } : null,
    project ? { key: 'project', label: t('project'), value: <WholeTarget target={project} /> } : null,
    { key: 'state', label: t('state'), value: <OutcomeBadge outcome={state} label={words(state)} /> },
    code
      ? {
          key: 'reason',
          label: t('reason'),
          value: sentence({ code, values: item?.values ?? failure?.values }),
        }
      : null,
    code ? { key: 'code', label: t('code'), value: <span className="font-mono text-sm">{code}</span> } : null,
    requestId
      ? {
          key: 'request',
          label: t('request'),
          value: (
            <CopyText
              text={requestId}
              label={tc('copy', { what: t('theRequest') })}
              copiedLabel={tc('copied')}
            />
          ),
        }
      : null,
    item?.startedAt
      ? { key: 'started', label: t('started'), value: <RelativeTime at={item.startedAt} /> }
      : null,
    item?.finishedAt
      ? { key: 'finished', label: t('finished'), value: <RelativeTime at={item.finishedAt} /> }
      : null,
  ]
  return (
    <div aria-live="polite">
      <FactList facts={facts.filter((fact) => fact !== null)} />
    </div>
  )
}

function WholeTarget({ target }: { target: JobTarget }) {
  const t = useTranslations('job.pair')
  const tc = useTranslations('common')
  return (
    <>
      {target.name !== null && <UntrustedText text={target.name} className="block font-semibold" />}
      <CopyText
        text={target.id}
        label={tc('copy', { what: t('theId') })}
        copiedLabel={tc('copied')}
        isWhole
      />
    </>
  )
}
