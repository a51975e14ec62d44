'use client'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { useFailureSentence } from '@/components/feedback/failure-words'
import { Notice } from '@/components/feedback/notice'
import { type Fact, FactList, Section } from '@/components/layout/section'
import { CopyText } from '@/components/ui/copy-text'
import { SidePanel } from '@/components/ui/side-panel'
import { UntrustedText } from '@/components/ui/untrusted-text'
import type { ActivityEntry, ActivityTargets } from '@/lib/contracts/activity'
import { defaultPolicy } from '@/lib/contracts/audits'
import { formatUtc } from '@/lib/util/format-time'
import { plainUntrusted } from '@/lib/util/untrusted-text'
import { Outcome } from './activity-cells'
import { useValueWord } from './use-change-words'
import { useFactWords } from './use-fact-words'
import { workOf } from './work-of'

interface ActivityDetailsProps {
  entry: ActivityEntry
  onClose: () => void
}

/** Everything that is stored of one act. */
export function ActivityDetails({ entry, onClose }: ActivityDetailsProps) {
  const t = useTranslations('activity')
  const isUnsure = entry.openState === 'unseen' || entry.outcome === 'unknown'
  return (
    <SidePanel
      title={t(`verbs.${entry.verb}`)}
      detail={formatUtc(Date.parse(entry.at), true)}
      onClose={onClose}
      closeLabel={t('details.close')}
    >
      <div className="flex flex-col gap-5">
        {!!isUnsure && (
          <Notice tone="warning">{t(`details.${entry.outcome === 'unknown' ? 'unknown' : 'unseen'}`)}</Notice>
        )}
        <FactList facts={useFacts(entry)} />
        <TargetSection title={t('images', { count: entry.images.count })} targets={entry.images} />
        <TargetSection title={t('projects', { count: entry.projects.count })} targets={entry.projects} />
      </div>
    </SidePanel>
  )
}

function useFacts(entry: ActivityEntry): Fact[] {
  const t = useTranslations('activity.details')
  const ta = useTranslations('activity')
  const sentence = useFailureSentence()
  const words = useFactWords(entry)
  const { actor, scope, code, endedAt, pairs, requestId, upstreamRequestId, auditId, facts } = entry
  const place = [scope.region, scope.cloud].filter((part) => part !== null).join(' · ')
  const work = workOf(entry)
  const fact = (key: string, label: string, value: ReactNode) => ({ key, label, value })
  const shown = [
    fact('outcome', t('outcome'), <Outcome entry={{ ...entry, code: null }} />),
    code !== null && fact('reason', t('reason'), sentence({ code })),
    entry.changes.length > 0 && fact('before', t('before'), <Values entry={entry} when="before" />),
    entry.changes.length > 0 &&
      fact(
        'after',
        t(entry.outcome === 'succeeded' ? 'after' : 'wanted'),
        <Values entry={entry} when="after" />,
      ),
    pairs !== null && fact('pairs', t('pairs'), t('asked', { count: pairs })),
    !!words.reach && fact('reach', t('reach'), words.reach),
    !!words.read && fact('read', t('read'), words.read),
    !!words.file && fact('file', t('file'), words.file),
    !!facts.filter &&
      Object.keys(facts.filter).length > 0 &&
      fact('filter', t('filter'), plainUntrusted(Object.values(facts.filter).join(' · '), 400)),
    !!facts.earlier && fact('earlier', t('earlier'), <Id id={facts.earlier} what={t('theAudit')} />),
    !!facts.readOnly && fact('session', t('session'), t('readOnly')),
    !!facts.note && fact('note', t('note'), <Lines text={facts.note} />),
    fact('who', t('who'), <Named name={actor.name} id={actor.id} />),
    fact(
      'where',
      t('where'),
      <>
        {scope.project !== null && <Named name={scope.projectName} id={scope.project} />}
        <span className="block text-ink-2">{place}</span>
      </>,
    ),
    endedAt !== null && fact('ended', t('ended'), formatUtc(Date.parse(endedAt), true)),
    requestId !== null && fact('request', t('request'), <Id id={requestId} what={ta('theRequest')} />),
    upstreamRequestId !== null &&
      fact('cloudRequest', t('cloudRequest'), <Id id={upstreamRequestId} what={t('theCloudRequest')} />),
    auditId !== null && fact('audit', t('audit'), <Id id={auditId} what={t('theAudit')} />),
    work !== null && fact('work', t('work'), <WorkLink {...work} />),
  ]
  return shown.filter((one) => one !== false)
}

function WorkLink({ kind, href }: NonNullable<ReturnType<typeof workOf>>) {
  const t = useTranslations('activity')
  return (
    <Link href={href} prefetch={false} className="text-accent-ink hover:underline">
      {t(kind)}
    </Link>
  )
}

/** A text somebody wrote, in its lines. */
function Lines({ text }: { text: string }) {
  const lines = text.split(/\r?\n/).map((line) => plainUntrusted(line, 400))
  return <span className="block whitespace-pre-line">{lines.join('\n')}</span>
}

/** What was, or what was wanted; of several each with what it is. */
function Values({ entry: { changes }, when }: { entry: ActivityEntry; when: 'before' | 'after' }) {
  const t = useTranslations('activity')
  const word = useValueWord()
  return changes.map((change) => (
    <span key={change.of} className="block break-words">
      {changes.length > 1 || change.of in defaultPolicy ? (
        t('details.of', { what: t(`changed.${change.of}`), value: word(change, when) })
      ) : change.of === 'note' && change[when] ? (
        <Lines text={change[when]} />
      ) : (
        word(change, when)
      )}
    </span>
  ))
}

/** The first of them by name and id, and how many more there are. */
function TargetSection({ title, targets }: { title: string; targets: ActivityTargets }) {
  const t = useTranslations('activity.details')
  if (targets.count === 0) return null
  const rest = targets.count - targets.listed.length
  return (
    <Section title={title}>
      <ul className="flex flex-col gap-2">
        {targets.listed.map(({ id, name }) => (
          <li key={id}>
            <Named name={name} id={id} />
          </li>
        ))}
      </ul>
      {rest > 0 && <p className="text-ink-3 text-sm">{t('rest', { count: rest })}</p>}
    </Section>
  )
}

function Named({ name, id }: { name: string | null; id: string }) {
  const t = useTranslations('activity.details')
  return (
    <span className="flex min-w-0 flex-col">
      {name !== null && <UntrustedText text={name} />}
      <Id id={id} what={t('theId')} />
    </span>
  )
}

function Id({ id, what }: { id: string; what: string }) {
  const tc = useTranslations('common')
  return <CopyText text={id} label={tc('copy', { what })} copiedLabel={tc('copied')} isWhole />
}
