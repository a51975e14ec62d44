'use client'
import { ArrowRight, Minus, PenLine, Plus } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { NameCell } from '@/components/table/name-cell'
import { Badge } from '@/components/ui/badge'
import { CopyText } from '@/components/ui/copy-text'
import { StatusBadge } from '@/components/ui/state-badge'
import { UntrustedText } from '@/components/ui/untrusted-text'
import type { AuditChange } from '@/lib/contracts/audits'
import type { MemberStatus } from '@/lib/contracts/images'

interface CellProps {
  change: AuditChange
}

const icons = { new: Plus, gone: Minus, answer: PenLine }

export function What({ change: { kind } }: CellProps) {
  const t = useTranslations('auditReview.changes.kinds')
  const Icon = icons[kind]
  return <Badge icon={<Icon />}>{t(kind)}</Badge>
}

export function Image({ change: { image } }: CellProps) {
  const t = useTranslations('auditReview')
  return (
    <Named
      name={image.name === '' ? t('unnamed') : <UntrustedText text={image.name} max={64} />}
      id={image.id}
      what={t('changes.copyImage')}
    />
  )
}

export function Recipient({ change: { project, projectName } }: CellProps) {
  const t = useTranslations('auditReview.changes')
  if (projectName === null) return <UntrustedText text={project} max={64} className="font-mono text-xs" />
  return <Named name={<UntrustedText text={projectName} max={64} />} id={project} what={t('copyProject')} />
}

interface NamedProps {
  name: ReactNode
  id: string
  what: string
}

function Named({ name, id, what }: NamedProps) {
  const tc = useTranslations('common')
  return (
    <NameCell detail={<CopyText text={id} label={tc('copy', { what })} copiedLabel={tc('copied')} />}>
      {name}
    </NameCell>
  )
}

/** The answer it has, had, or has instead of another. */
export function Answer({ change: { before, after } }: CellProps) {
  const t = useTranslations('auditReview.changes')
  if (before !== null && after !== null) {
    return (
      <span className="inline-flex flex-wrap items-center gap-2">
        <Status status={before} />
        <ArrowRight role="img" aria-label={t('then')} className="size-3.5 text-ink-3" />
        <Status status={after} />
      </span>
    )
  }
  const status = after ?? before
  if (status === null) return null
  return (
    <span className="inline-flex items-center gap-2">
      {after === null && <span className="text-ink-3">{t('had')}</span>}
      <Status status={status} />
    </span>
  )
}

function Status({ status }: { status: MemberStatus }) {
  const t = useTranslations('common.status')
  return <StatusBadge status={status} label={t(status)} />
}
