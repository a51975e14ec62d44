'use client'
import { ScanSearch } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { EmptyState } from '@/components/feedback/empty-state'
import { FailureText } from '@/components/feedback/failure-text'
import { Notice } from '@/components/feedback/notice'
import { Button } from '@/components/ui/button'
import type { AuditList } from '@/lib/contracts/audits'
import type { Scope } from '@/lib/contracts/scope'
import { useStartAudit } from '@/lib/queries/use-audits'
import { useSession } from '@/lib/queries/use-session'

/** No audit yet: what one would read, by which right, and what it takes. */
export function AuditEmpty({ scope, list }: { scope: Scope; list: AuditList }) {
  const t = useTranslations('audit')
  const { data: session } = useSession()
  const start = useStartAudit(scope)
  return (
    <>
      <EmptyState
        icon={<ScanSearch />}
        title={t('empty.title')}
        action={
          <Button variant="primary" isPending={start.isPending} onClick={() => start.mutate()}>
            {t('readNow')}
          </Button>
        }
      >
        <div className="flex flex-col gap-3">
          <p>
            {list.reach === 'cloud'
              ? t('empty.cloud', { cloud: session?.cloudLabel ?? scope.cloud, region: scope.region })
              : t('empty.own', { count: list.sourceCount })}
          </p>
          <p>{t('empty.time')}</p>
        </div>
      </EmptyState>
      {!!start.isError && (
        <div className="mx-auto w-full max-w-md px-4">
          <Notice tone="danger" title={t('startFailed')}>
            <FailureText error={start.error} />
          </Notice>
        </div>
      )}
    </>
  )
}
