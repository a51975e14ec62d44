'use client'
import { RotateCw } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { FailureText } from '@/components/feedback/failure-text'
import { Notice } from '@/components/feedback/notice'
import { PageHeader } from '@/components/layout/page-header'
import { Button } from '@/components/ui/button'
import type { AuditList, AuditSummary } from '@/lib/contracts/audits'
import { isAuditOver } from '@/lib/contracts/audits'
import type { Scope } from '@/lib/contracts/scope'
import { useStartAudit } from '@/lib/queries/use-audits'
import { useSession } from '@/lib/queries/use-session'
import { formatDuration, formatUtc } from '@/lib/util/format-time'
import { AuditVerdict } from './audit-verdict'
import { isAuditWhole } from './audit-whole'
import { auditTime } from './changes-earlier'

interface AuditHeaderProps {
  scope: Scope
  list: AuditList | undefined
  audit: AuditSummary | undefined
  /** Buttons for what has been read. */
  actions: ReactNode
  onStarted: () => void
}

/** What has been read, by which right and when; and the way to read it again. */
export function AuditHeader({ scope, list, audit, actions, onStarted }: AuditHeaderProps) {
  const t = useTranslations('audit')
  const start = useStartAudit(scope)
  const isUnderWay = list?.audits.some((one) => one.mine && !isAuditOver(one)) ?? false
  return (
    <PageHeader
      title={t('title')}
      subtitle={
        <>
          {!!audit && <Summary audit={audit} />}
          {!!list && (audit !== undefined || list.audits.length > 0) && (
            <p className="text-ink-3 text-sm">
              <Reach
                scope={scope}
                reach={audit?.reach ?? list.reach}
                count={audit ? audit.sources.length : list.sourceCount}
              />
            </p>
          )}
          {!!audit && <AuditVerdict audit={audit} />}
          {list === undefined && t('loading')}
        </>
      }
      actions={
        list !== undefined &&
        list.audits.length > 0 && (
          <>
            <Button
              disabledReason={isUnderWay && t('underWay')}
              isPending={start.isPending}
              onClick={() => start.mutate(undefined, { onSuccess: onStarted })}
            >
              <RotateCw className="size-4" />
              {t('readAgain')}
            </Button>
            {actions}
          </>
        )
      }
    >
      {!!start.isError && (
        <Notice tone="danger" title={t('startFailed')}>
          <FailureText error={start.error} />
        </Notice>
      )}
    </PageHeader>
  )
}

/** How much was read, when, and whether it is everything. */
function Summary({ audit }: { audit: AuditSummary }) {
  const t = useTranslations('audit.summary')
  const { state, progress, finishedAt } = audit
  const isBroken = state === 'cancelled' || state === 'failed'
  // One that is whole, or on its way, goes by the time it has in every list.
  const at = formatUtc(isBroken && finishedAt !== null ? Date.parse(finishedAt) : auditTime(audit))
  const time = formatDuration(Math.max(1_000, progress.activeMs))
  return (
    <p>
      {isAuditOver(audit) &&
        `${
          progress.imagesRead < progress.imagesListed
            ? t('partly', { read: progress.imagesRead, count: progress.imagesListed })
            : t('images', { count: progress.imagesListed })
        } · ${t('members', { count: progress.members })} · `}
      {t(state === 'complete' && !isAuditWhole(audit) ? 'cut' : state, { at, time })}
    </p>
  )
}

interface ReachProps {
  scope: Scope
  reach: AuditSummary['reach']
  count: number
}

/** What an audit covers and by which right, in a plain sentence. */
function Reach({ scope, reach, count }: ReachProps) {
  const t = useTranslations('audit.reach')
  const { data: session } = useSession()
  if (reach === 'own') return t('own', { count })
  return t('cloud', { cloud: session?.cloudLabel ?? scope.cloud, region: scope.region })
}
