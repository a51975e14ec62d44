'use client'
import { useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import { useFailureSentence } from '@/components/feedback/failure-words'
import { Section } from '@/components/layout/section'
import { Button } from '@/components/ui/button'
import { CopyText } from '@/components/ui/copy-text'
import { RelativeTime } from '@/components/ui/relative-time'
import type { UpstreamJobView } from '@/lib/contracts/jobs'
import { CloudJobBadge } from '../cloud-job-badge'

/** As many as stay readable beside the grid; the rest comes on demand. */
const firstCalls = 6
/** The service hands out no more than these. */
const mostCalls = 100

/** The cloud's own jobs that carry out this one: what to quote to whoever runs the cloud. */
export function CloudCalls({ calls }: { calls: readonly UpstreamJobView[] }) {
  const t = useTranslations('job.calls')
  const [isWhole, setWhole] = useState(false)
  const shown = isWhole ? calls : calls.slice(0, firstCalls)
  const heading = calls.length < mostCalls ? 'heading' : 'headingCut'
  return (
    <Section title={t(heading, { count: calls.length })}>
      <p className="text-ink-3 text-sm">{t('truth')}</p>
      <ul aria-label={t(heading, { count: calls.length })} className="border-line border-t">
        {shown.map((call, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: newest first, and only the place from the end stays.
          <CallRow key={calls.length - index} call={call} />
        ))}
      </ul>
      {calls.length > shown.length && (
        <Button size="sm" variant="link" className="self-start" onClick={() => setWhole(true)}>
          {t('more', { count: calls.length - shown.length })}
        </Button>
      )}
    </Section>
  )
}

function CallRow({ call }: { call: UpstreamJobView }) {
  const t = useTranslations('job.calls')
  const tc = useTranslations('common')
  const reason = useReason(call)
  return (
    <li className="flex flex-col gap-1 border-line border-b py-2">
      <span className="flex flex-wrap items-center gap-x-2">
        <CloudJobBadge state={call.state} />
        <span>{t('pairs', { count: call.pairs })}</span>
        <span className="ml-auto text-ink-3 text-sm">
          {call.finishedAt === null ? <RelativeTime at={call.startedAt} /> : <Lasted call={call} />}
        </span>
      </span>
      {call.id === null ? (
        <span className="text-ink-3 text-sm">{t(idless(call))}</span>
      ) : (
        <CopyText
          text={call.id}
          label={tc('copy', { what: t('theId') })}
          copiedLabel={tc('copied')}
          isWhole
        />
      )}
      {reason !== null && <span className="text-ink-2 text-sm">{reason}</span>}
    </li>
  )
}

/** What a call without an id says instead: not begun, not answered so far, or never answered. */
function idless({ state }: UpstreamJobView): 'refused' | 'noIdYet' | 'noId' {
  if (state === 'failed') return 'refused'
  return state === 'starting' ? 'noIdYet' : 'noId'
}

/** When it ended, and after how long. */
function Lasted({ call }: { call: UpstreamJobView }) {
  const format = useFormatter()
  if (call.finishedAt === null) return null
  const seconds = (Date.parse(call.finishedAt) - Date.parse(call.startedAt)) / 1000
  return (
    <>
      <RelativeTime at={call.finishedAt} />
      {' · '}
      {format.number(seconds, { style: 'unit', unit: 'second', maximumFractionDigits: seconds < 10 ? 1 : 0 })}
    </>
  )
}

function useReason({ state, code }: UpstreamJobView): string | null {
  const t = useTranslations('job.calls')
  const sentence = useFailureSentence()
  if (code !== null) return sentence({ code })
  return state === 'unreadable' || state === 'timed_out' ? t(state) : null
}
