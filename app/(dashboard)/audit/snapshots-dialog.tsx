'use client'
import { useQuery } from '@tanstack/react-query'
import clsx from 'clsx'
import Link from 'next/link'
import { useTranslations } from 'use-intl'
import { Dialog } from '@/components/ui/dialog'
import { UntrustedText } from '@/components/ui/untrusted-text'
import type { AuditSummary } from '@/lib/contracts/audits'
import type { Scope } from '@/lib/contracts/scope'
import { paths } from '@/lib/paths'
import { auditReview } from '@/lib/queries/audit-review'
import { formatUtc } from '@/lib/util/format-time'
import { AuditVerdict } from './audit-verdict'
import { auditTime } from './changes-earlier'

interface SnapshotsDialogProps {
  scope: Scope
  /** The one on screen. */
  audit: AuditSummary
  audits: readonly AuditSummary[]
  onClose: () => void
}

/** Every audit that is kept, newest first, and the way to each. */
export function SnapshotsDialog({ scope, audit, audits, onClose }: SnapshotsDialogProps) {
  const t = useTranslations('auditReview.snapshots')
  const tc = useTranslations('common')
  const policy = useQuery(auditReview.policy(scope)).data?.policy
  return (
    <Dialog isOpen isLightDismiss width="lg" onClose={onClose} title={t('title')} closeLabel={tc('close')}>
      <p>{t('body', { days: policy === undefined ? -1 : (policy.keepDays ?? 0) })}</p>
      <ul aria-label={t('list')} className="mt-3 flex flex-col border-line border-t">
        {audits.map((one) => (
          <Snapshot key={one.id} audit={one} isShown={one.id === audit.id} {...{ scope, onClose }} />
        ))}
      </ul>
    </Dialog>
  )
}

type SnapshotProps = Omit<SnapshotsDialogProps, 'audits'> & { isShown: boolean }

function Snapshot({ scope, audit, isShown, onClose }: SnapshotProps) {
  const t = useTranslations('auditReview.snapshots')
  const { state, mine, startedBy, reach, sources, progress, isTruncated } = audit
  const at = formatUtc(auditTime(audit))
  const who = mine
    ? t('you')
    : t.rich('by', { who: () => <UntrustedText key="who" text={startedBy.name} max={32} /> })
  return (
    <li
      aria-current={isShown || undefined}
      className={clsx(
        'relative -mx-5 border-line border-b px-5 py-3',
        isShown ? 'bg-selected' : 'hover:bg-hover',
      )}
    >
      <p className="flex flex-wrap items-baseline gap-x-2 gap-y-0.5">
        <Link
          href={paths.audit(scope, { id: audit.id })}
          prefetch={false}
          aria-label={t('open', { at })}
          onClick={onClose}
          className="font-semibold text-ink tabular-nums after:absolute after:inset-0 hover:underline"
        >
          {at}
        </Link>
        <span>{who}</span>
        {!!isShown && <span className="ml-auto text-sm">{t('here')}</span>}
      </p>
      <p className="text-sm">
        {[
          t(`state.${state}`),
          t(`reach.${reach}`, { count: sources.length }),
          t('counts', { images: progress.imagesRead, members: progress.members }),
          ...(isTruncated ? [t('truncated')] : []),
        ].join(' · ')}
      </p>
      <AuditVerdict audit={audit} />
    </li>
  )
}
