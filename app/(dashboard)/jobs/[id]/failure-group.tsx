'use client'
import { useTranslations } from 'use-intl'
import { CopyText } from '@/components/ui/copy-text'
import { UntrustedText } from '@/components/ui/untrusted-text'
import type { JobFailure, JobView } from '@/lib/contracts/jobs'
import { groupPairs, targetName } from '@/lib/util/job-progress'

interface FailureGroupProps {
  job: JobView
  failure: JobFailure
  sentence: string
}

/** One reason: whom it hit, its code and the references to quote. */
export function FailureGroup({ job, failure, sentence }: FailureGroupProps) {
  const t = useTranslations('job.failures')
  const tc = useTranslations('common')
  return (
    <li className="flex flex-col gap-1 border-line border-b py-2.5">
      <p className="font-semibold">{sentence}</p>
      <p className="text-ink-2">
        <Whom job={job} failure={failure} />
      </p>
      {!failure.retryable && <p className="text-ink-3 text-sm">{t('notRetryable')}</p>}
      <p className="flex min-w-0 flex-wrap gap-x-2 text-ink-3 text-sm">
        <span className="font-mono text-xs leading-5">{failure.code}</span>
        {failure.requestIds.map((id) => (
          <CopyText
            key={id}
            text={id}
            label={tc('copy', { what: t('theRequest') })}
            copiedLabel={tc('copied')}
            className="max-w-52"
          />
        ))}
      </p>
    </li>
  )
}

function Whom({ job, failure }: Pick<FailureGroupProps, 'job' | 'failure'>) {
  const t = useTranslations('job.failures')
  const group = groupPairs(failure.pairs, job.images, job.projects)
  if (group.kind === 'many') return t('many', group)
  const image = () =>
    'image' in group ? <UntrustedText key="image" text={targetName(group.image)} max={48} /> : null
  const project = () =>
    'project' in group ? <UntrustedText key="project" text={targetName(group.project)} max={48} /> : null
  if (group.kind === 'pair') return t.rich('pair', { image, project })
  if (group.kind === 'image') return t.rich('image', { image, count: group.projects.length })
  return t.rich('project', { project, count: group.images.length })
}
