'use client'
import { Flag } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { ImageStatus } from '@/components/feedback/image-status'
import { NameCell } from '@/components/table/name-cell'
import { Badge } from '@/components/ui/badge'
import { CopyText } from '@/components/ui/copy-text'
import { StatusBadge } from '@/components/ui/state-badge'
import { UntrustedText } from '@/components/ui/untrusted-text'
import { auditStatuses } from '@/lib/util/audit-data'
import { imageOf, projectOf } from '@/lib/util/audit-view'
import { formatUtc } from '@/lib/util/format-time'
import { plainUntrusted } from '@/lib/util/untrusted-text'
import { useAuditContext } from './audit-context'
import { StandingBadge } from './standing-badge'

const dayMs = 86_400_000

/** The image's name, the way to what is known of it, and what is unusual about it, over its id. */
export function ImageCell({ entry }: { entry: number }) {
  const t = useTranslations('audit.table')
  const tc = useTranslations('common')
  const { data, marks, onOpen } = useAuditContext()
  const at = imageOf(data, entry)
  const image = data.images[at]
  if (!image) return null
  const isFlagged = entry < data.size ? marks.members.has(entry) : marks.images.has(at)
  return (
    <NameCell detail={<CopyText text={image.id} label={t('copyImage')} copiedLabel={tc('copied')} />}>
      <span className="flex min-w-0 items-center gap-x-1.5 @max-2xl:flex-wrap">
        {!!isFlagged && (
          <Flag role="img" aria-label={t('flagged')} className="size-3.5 flex-none text-danger-ink" />
        )}
        <button
          type="button"
          title={plainUntrusted(image.name)}
          onClick={() => onOpen(entry)}
          className="min-w-0 truncate text-left font-semibold @max-2xl:whitespace-normal hover:underline"
        >
          {image.name === '' ? (
            <span className="text-ink-3">{t('unnamed')}</span>
          ) : (
            <UntrustedText text={image.name} />
          )}
        </button>
        <ImageStatus status={image.status} isQuietWhenActive />
        {!!image.hidden && <Badge className="flex-none">{t('hidden')}</Badge>}
        {image.visibility !== 'shared' && (
          <Badge className="flex-none">{tc(`visibility.${image.visibility}`)}</Badge>
        )}
      </span>
    </NameCell>
  )
}

export function OwnerCell({ entry }: { entry: number }) {
  const t = useTranslations('audit.table')
  const { data, projects } = useAuditContext()
  const owner = data.images[imageOf(data, entry)]?.owner ?? null
  if (owner === null) return <span className="text-ink-3">{t('noOwner')}</span>
  const name = projects.get(owner)?.name ?? null
  return (
    <UntrustedText
      text={name ?? owner}
      max={name === null ? 13 : undefined}
      className={name === null ? 'block truncate font-mono text-ink-3 text-xs' : 'block truncate text-ink-2'}
    />
  )
}

/** The recipient's name over its id; marked when the identity service does not know it, or it is switched off. */
export function RecipientCell({ entry }: { entry: number }) {
  const t = useTranslations('audit.table')
  const tc = useTranslations('common')
  const { data, projects } = useAuditContext()
  const id = data.projects[projectOf(data, entry)]
  if (id === undefined) return <NoMembers entry={entry} />
  const project = projects.get(id)
  const type = data.odd.get(entry)?.type
  const plain = plainUntrusted(id, 64)
  const name = project?.name ?? null
  const copy = (
    <CopyText
      text={id}
      shown={plain === id ? undefined : plain}
      label={t('copyProject')}
      copiedLabel={tc('copied')}
      className={name === null ? 'font-normal !text-ink' : undefined}
    />
  )
  const marks = (
    <>
      <StandingBadge standing={project?.standing} />
      {type !== undefined && (
        <Badge className="flex-none">
          <span title={t('notOurs', { type: plainUntrusted(type, 24) })}>
            <UntrustedText text={type} max={16} />
          </span>
        </Badge>
      )}
    </>
  )
  if (name === null) return <NameCell detail={<span className="flex gap-1.5">{marks}</span>}>{copy}</NameCell>
  return (
    <NameCell detail={copy}>
      <span className="flex min-w-0 items-center gap-1.5 font-medium">
        <UntrustedText text={name} className="truncate" />
        {marks}
      </span>
    </NameCell>
  )
}

function NoMembers({ entry }: { entry: number }) {
  const t = useTranslations('audit.table.noMembers')
  const { data } = useAuditContext()
  const visibility = data.images[imageOf(data, entry)]?.visibility
  const word = visibility === 'public' || visibility === 'community' ? visibility : 'other'
  return <span className="text-ink-3">{t(word)}</span>
}

export function AnswerCell({ entry }: { entry: number }) {
  const t = useTranslations('common.status')
  const { data } = useAuditContext()
  const status = auditStatuses[data.status[entry] as number]
  if (entry >= data.size || status === undefined) return null
  const said = data.odd.get(entry)?.said
  return (
    <span className="flex">
      {said === undefined ? (
        <StatusBadge status={status} label={t(status)} />
      ) : (
        <Badge>
          <UntrustedText text={said} max={24} />
        </Badge>
      )}
    </span>
  )
}

function Day({ ms }: { ms: number }) {
  return (
    <time dateTime={new Date(ms).toISOString()} title={formatUtc(ms, true)} className="text-ink-2">
      {formatUtc(ms).slice(0, 10)}
    </time>
  )
}

export function SharedCell({ entry }: { entry: number }) {
  const t = useTranslations('audit.table')
  const { data } = useAuditContext()
  if (entry >= data.size) return null
  const ms = data.sharedAt[entry] as number
  return Number.isNaN(ms) ? <span className="text-ink-3">{t('notTold')}</span> : <Day ms={ms} />
}

export function AnsweredCell({ entry }: { entry: number }) {
  const t = useTranslations('audit.table')
  const { data } = useAuditContext()
  if (entry >= data.size) return null
  if (auditStatuses[data.status[entry] as number] === 'pending') {
    return <span className="text-ink-3">{t('notAnswered')}</span>
  }
  const ms = data.answeredAt[entry] as number
  return Number.isNaN(ms) ? <span className="text-ink-3">{t('notTold')}</span> : <Day ms={ms} />
}

/** How long it had been shared when the audit was read. */
export function AgeCell({ entry }: { entry: number }) {
  const t = useTranslations('audit.table')
  const { data, audit } = useAuditContext()
  const ms = entry < data.size ? (data.sharedAt[entry] as number) : Number.NaN
  if (Number.isNaN(ms)) return null
  const readAt = Date.parse(audit.finishedAt ?? audit.startedAt ?? audit.createdAt)
  return (
    <span className="text-ink-2">{t('days', { days: Math.max(0, Math.floor((readAt - ms) / dayMs)) })}</span>
  )
}
