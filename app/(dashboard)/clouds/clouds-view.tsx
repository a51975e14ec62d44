'use client'
import { useQuery } from '@tanstack/react-query'
import { Cloud } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { EmptyState } from '@/components/feedback/empty-state'
import { FailureState, FailureText } from '@/components/feedback/failure-text'
import { Notice } from '@/components/feedback/notice'
import { PageHeader } from '@/components/layout/page-header'
import { RefreshButton } from '@/components/layout/refresh-button'
import { TableSkeleton } from '@/components/table/table-skeleton'
import { Button } from '@/components/ui/button'
import type { CloudView } from '@/lib/contracts/clouds'
import { clouds } from '@/lib/queries/clouds'
import { plainUntrusted } from '@/lib/util/untrusted-text'
import { capabilityColumns } from './capability-columns'
import { CloudRegion } from './cloud-region'
import { HowToOverride } from './how-to-override'
import { useCapabilityHeaders } from './use-capability-headers'

/** What the cloud can do, region by region, how that is known, and how to say otherwise. */
export function CloudsView() {
  const t = useTranslations('clouds')
  const list = useQuery(clouds.list())
  const first = list.data?.[0]
  return (
    <>
      <PageHeader
        title={t('title')}
        subtitle={
          first
            ? t('summary', { cloud: plainUntrusted(first.label), regions: list.data?.length ?? 0 })
            : t(list.isPending && !list.error ? 'loading' : 'summaryUntold')
        }
        actions={<RefreshButton label={t('refresh')} isPending={list.isFetching} read={list} />}
      />
      <Regions list={list} />
    </>
  )
}

interface RegionsProps {
  list: { data?: CloudView[]; error: Error | null; isFetching: boolean; refetch: () => unknown }
}

function Regions({ list }: RegionsProps) {
  const t = useTranslations('clouds')
  const headers = useCapabilityHeaders()
  const { data, error, isFetching, refetch } = list
  const first = data?.[0]
  if (first) {
    return (
      <>
        {!!error && (
          <div className="px-4 pt-3 md:px-6">
            <Notice tone="danger" title={t('stale')}>
              <FailureText error={error} />
            </Notice>
          </div>
        )}
        {data.map((view) => (
          <CloudRegion key={view.region} view={view} isBusy={isFetching} />
        ))}
        <HowToOverride cloud={first.cloud} />
      </>
    )
  }
  if (data) {
    return (
      <EmptyState
        icon={<Cloud />}
        title={t('emptyTitle')}
        action={
          <Button isPending={isFetching} onClick={() => void refetch()}>
            {t('emptyAct')}
          </Button>
        }
      >
        {t('emptyBody')}
      </EmptyState>
    )
  }
  if (error) {
    return (
      <FailureState
        title={t('errorTitle')}
        error={error}
        isRetrying={isFetching}
        onRetry={() => void refetch()}
      />
    )
  }
  return <TableSkeleton label={t('loading')} columns={capabilityColumns} headers={headers} />
}
