'use client'
import { useQuery } from '@tanstack/react-query'
import dynamic from 'next/dynamic'
import { useMemo, useState } from 'react'
import { useTranslations } from 'use-intl'
import { FailureState, FailureText } from '@/components/feedback/failure-text'
import { Notice } from '@/components/feedback/notice'
import { SplitView } from '@/components/layout/app-frame'
import { PageHeader } from '@/components/layout/page-header'
import { RefreshButton } from '@/components/layout/refresh-button'
import { useUrlState } from '@/components/layout/use-url-state'
import { TableSkeleton } from '@/components/table/table-skeleton'
import { useSelection } from '@/components/table/use-selection'
import { Tabs } from '@/components/ui/tabs'
import { useShortcuts } from '@/components/ui/use-shortcuts'
import type { MemberStatus } from '@/lib/contracts/images'
import type { Offer, OfferList } from '@/lib/contracts/incoming'
import type { Scope } from '@/lib/contracts/scope'
import { incoming } from '@/lib/queries/incoming'
import { useReadOnly, useSession } from '@/lib/queries/use-session'
import type { PendingAccess } from '@/lib/util/capability-list'
import { shortId } from '@/lib/util/format-id'
import { type Answer, canAccept, groupOffers, openAnswers } from '@/lib/util/offers'
import { plainUntrusted } from '@/lib/util/untrusted-text'
import { BulkTray } from './bulk-tray'
import { EmptyTab } from './empty-tab'
import { IncomingList } from './incoming-list'
import { OfferCard } from './offer-card'
import { factColumns, type OfferRow, offerColumns } from './offer-columns'
import { type Answers, useAnswers } from './use-answers'

const VaultDialog = dynamic(() => import('./vault-dialog').then((module) => module.VaultDialog), {
  ssr: false,
})

const tabs = ['pending', 'accepted', 'rejected'] as const satisfies readonly MemberStatus[]
const urlDefaults = { tab: 'pending' }
const panelId = 'incoming-panel'

interface IncomingViewProps {
  scope: Scope
  /** Empty when the page could not read it. */
  projectName: string
  /** What may be said of an image that is not accepted. */
  access: PendingAccess
}

/** What other projects offer to one of ours, and our answers. */
export function IncomingView(props: IncomingViewProps) {
  const { scope, access } = props
  const t = useTranslations('incoming')
  const list = useQuery(incoming.list(scope))
  const { data: session } = useSession()
  const isReadOnly = useReadOnly(scope.project)
  // The page has no name to give when its own read failed; the session still knows it.
  const known = session?.projects.find((one) => one.id === scope.project)
  const projectName = props.projectName || (known?.name ?? shortId(scope.project))
  const answers = useAnswers({ scope, projectName, access })
  const [wantedId, setOpenId] = useState<string | null>(null)
  const [url, setUrl] = useUrlState(urlDefaults)
  const tab = tabs.find((one) => one === url.tab) ?? 'pending'
  const project = plainUntrusted(projectName)
  const { data } = list
  // An offer its owner has taken back is open no longer.
  const opened = data?.offers.find((offer) => offer.image.id === wantedId) ?? null
  const openId = opened?.image.id ?? null
  const closeCard = () => {
    if (openId === null) return false
    setOpenId(null)
    return true
  }
  useShortcuts({ Escape: closeCard })

  const summary = data
    ? t(data.truncated ? 'summaryAtLeast' : 'summary', { count: data.counts.pending, project })
    : list.error
      ? null
      : t('loadingSummary', { project })

  return (
    <>
      <PageHeader
        title={t('title')}
        subtitle={summary}
        isFlush
        actions={<RefreshButton label={t('refresh')} isPending={list.isFetching} read={list} />}
      >
        <Tabs
          label={t('tabs.label')}
          items={tabs.map((id) => ({
            id,
            label: t(`tabs.${id}`),
            count: data && t(data.truncated ? 'tabs.atLeast' : 'tabs.count', { count: data.counts[id] }),
          }))}
          selected={tab}
          onSelect={(next) => setUrl({ tab: next })}
          panelId={panelId}
        />
      </PageHeader>
      <SplitView
        panel={
          // Beside the stand-ins too, so that nothing moves when the offers come.
          (list.isPending || !!data?.offers.length) && (
            <OfferCard
              offer={opened}
              {...{ data, projectName, access, answers }}
              isReadOnly={isReadOnly}
              onClose={() => setOpenId(null)}
            />
          )
        }
      >
        <div role="tabpanel" id={panelId} aria-label={t(`tabs.${tab}`)} className="flex min-h-full flex-col">
          {!data && list.error ? (
            <FailureState
              title={t('errorTitle')}
              error={list.error}
              isRetrying={list.isFetching}
              onRetry={() => void list.refetch()}
            />
          ) : data ? (
            <>
              <ListNotices data={data} project={project} staleError={list.isError ? list.error : null} />
              <Offers
                key={tab}
                {...{ scope, data, tab, projectName, access, answers, openId, isReadOnly }}
                isBusy={list.isFetching}
                onOpen={setOpenId}
              />
            </>
          ) : (
            <LoadingOffers isReadOnly={isReadOnly} />
          )}
        </div>
      </SplitView>
      {answers.forVault !== null && (
        <VaultDialog
          offers={answers.forVault}
          region={scope.region}
          onAccept={answers.acceptInto}
          onClose={answers.closeVault}
        />
      )}
    </>
  )
}

interface OffersProps {
  scope: Scope
  data: OfferList
  tab: MemberStatus
  projectName: string
  access: PendingAccess
  answers: Answers
  openId: string | null
  isBusy: boolean
  isReadOnly: boolean
  onOpen: (imageId: string) => void
}

function Offers(props: OffersProps) {
  const { scope, data, tab, projectName, access, answers, openId, isBusy, isReadOnly, onOpen } = props
  const groups = useMemo(() => groupOffers(data.offers, tab), [data.offers, tab])
  const order = useMemo(
    () => groups.flatMap((group) => group.offers.map((offer) => offer.image.id)),
    [groups],
  )
  const selection = useSelection(order)
  if (groups.length === 0) return <EmptyTab tab={tab} scope={scope} projectName={projectName} />

  const mayAnswer = (offer: Offer, answer: Answer) =>
    !isReadOnly &&
    answers.answeringOf(offer.image.id) === null &&
    openAnswers(offer.status).includes(answer) &&
    (answer === 'reject' || canAccept(offer))
  const rowOf = (offer: Offer): OfferRow => ({
    offer,
    answering: answers.answeringOf(offer.image.id),
    onAnswer: (answer) => {
      if (mayAnswer(offer, answer)) answers.answer(answer, [offer])
    },
    onOpen: () => onOpen(offer.image.id),
  })
  return (
    <>
      <IncomingList {...{ groups, rowOf, selection, openId, isBusy, isReadOnly }} />
      {!isReadOnly && <BulkTray {...{ data, tab, selection, answers, projectName, access }} />}
    </>
  )
}

interface ListNoticesProps {
  data: OfferList
  project: string
  /** The last read failed; what is shown is older. */
  staleError: Error | null
}

function ListNotices({ data, project, staleError }: ListNoticesProps) {
  const t = useTranslations('incoming')
  if (!data.truncated && !data.wholeCloud && !staleError) return null
  return (
    <div className="flex flex-col gap-2 px-4 py-3 md:px-6">
      {!!staleError && (
        <Notice tone="danger" title={t('stale')}>
          <FailureText error={staleError} />
        </Notice>
      )}
      {!!data.truncated && <Notice tone="warning">{t('truncated')}</Notice>}
      {!!data.wholeCloud && <Notice>{t('wholeCloud', { project })}</Notice>}
    </div>
  )
}

function LoadingOffers({ isReadOnly }: { isReadOnly: boolean }) {
  const t = useTranslations('incoming')
  const headers = {
    image: t('columns.image'),
    os: t('columns.os'),
    created: t('columns.created'),
    answer: t('columns.answer'),
  }
  return (
    <TableSkeleton
      label={t('list')}
      columns={isReadOnly ? factColumns : offerColumns}
      headers={headers}
      hasTicks={!isReadOnly}
    />
  )
}
