'use client'
import { useTranslations } from 'use-intl'
import { useFailureSentence } from '@/components/feedback/failure-words'
import { CopyText } from '@/components/ui/copy-text'
import { OutcomeBadge } from '@/components/ui/state-badge'
import { UntrustedText } from '@/components/ui/untrusted-text'
import type { JobItemView, JobTarget } from '@/lib/contracts/jobs'

/** Name over id; where no name is known, the id alone. */
export function Target({ target }: { target: JobTarget }) {
  return (
    <>
      {target.name !== null && <UntrustedText text={target.name} className="block truncate font-semibold" />}
      <span className="block truncate font-mono text-ink-3 text-xs" title={target.id}>
        {target.id}
      </span>
    </>
  )
}

/** How one pair ended, and why it failed. */
export function State({ item }: { item: JobItemView }) {
  const t = useTranslations('job.cells')
  const sentence = useFailureSentence()
  const reason = item.code === null ? null : sentence({ code: item.code, values: item.values })
  return (
    <div className="flex min-w-0 flex-col">
      <OutcomeBadge outcome={item.state} label={t(item.state)} />
      {reason !== null && (
        <span className="truncate text-ink-3 text-sm @max-2xl:whitespace-normal" title={reason}>
          {reason}
        </span>
      )}
    </div>
  )
}

/** What to quote to whoever runs the cloud. */
export function Request({ id }: { id: string }) {
  const t = useTranslations('common')
  const tj = useTranslations('job.table')
  return <CopyText text={id} label={t('copy', { what: tj('theRequest') })} copiedLabel={t('copied')} />
}
