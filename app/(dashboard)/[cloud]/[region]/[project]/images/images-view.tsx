'use client'
import clsx from 'clsx'
import { Share2 } from 'lucide-react'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { Suspense, useMemo, useState } from 'react'
import { useTranslations } from 'use-intl'
import { PageHeader } from '@/components/layout/page-header'
import { RefreshButton } from '@/components/layout/refresh-button'
import { DataTable } from '@/components/table/data-table'
import { useSelection } from '@/components/table/use-selection'
import { buttonClass } from '@/components/ui/button-styles'
import { later } from '@/components/ui/later'
import type { ImageSummary, MemberLimit } from '@/lib/contracts/images'
import type { Scope } from '@/lib/contracts/scope'
import { paths } from '@/lib/paths'
import { useOwnedImages } from '@/lib/queries/use-images'
import { useMembers } from '@/lib/queries/use-members'
import { useReadOnly, useSession } from '@/lib/queries/use-session'
import { shortId } from '@/lib/util/format-id'
import { imageSortKeys, isFiltered, needsMembers, readSort } from '@/lib/util/owned-images'
import { canHaveMembers, sharingTotals } from '@/lib/util/sharing'
import { plainUntrusted } from '@/lib/util/untrusted-text'
import { ImageFilters } from './filter-bar'
import { type ImageColumnKey, imageColumns } from './image-columns'
import { ImagesContext } from './images-context'
import { ImagesSummary } from './images-summary'
import { ImagesTray } from './images-tray'
import { useImageFilter, useShownImages } from './use-image-filter'

const FailureState = later(async () => ({
  default: (await import('@/components/feedback/failure-text')).FailureState,
}))
const ImagesNotices = later(async () => ({ default: (await import('./images-notices')).ImagesNotices }))
const ImagesSkeleton = later(async () => ({ default: (await import('./images-skeleton')).ImagesSkeleton }))
const StopDialog = later(async () => ({ default: (await import('./stop-dialog')).StopDialog }))
const MembersProgress = later(async () => ({ default: (await import('./members-progress')).MembersProgress }))
const NoImages = later(async () => ({ default: (await import('./images-empty')).NoImages }))
const NoMatch = later(async () => ({ default: (await import('./images-empty')).NoMatch }))

const columnKeys = imageColumns.map(({ key }) => key)
const none: readonly string[] = []

interface ImagesViewProps {
  scope: Scope
  projectName: string
  memberLimit: MemberLimit
}

/** Everything a project owns, and how each image is shared. Rows come as the cloud hands them out. */
export function ImagesView({ scope, memberLimit, ...props }: ImagesViewProps) {
  const t = useTranslations('images')
  const router = useRouter()
  const projectName = useProjectName(scope, props.projectName)
  const isReadOnly = useReadOnly(scope.project)
  const owned = useOwnedImages(scope)
  const { filter, sort, setFilter, clear, sortBy } = useImageFilter()
  const [isCounting, setCounting] = useState(false)
  const [stopping, setStopping] = useState<readonly string[] | null>(null)

  const readable = useMemo(() => owned.images.filter(canHaveMembers).map(({ id }) => id), [owned.images])
  const members = useMembers(scope, isCounting || needsMembers(filter) ? readable : none)
  const { known } = members
  const totals = isCounting ? sharingTotals(owned.images, known) : null

  const shown = useShownImages(owned.images, filter, sort, known)
  const order = useMemo(() => shown.map(({ id }) => id), [shown])
  const selection = useSelection(order)

  const { cloud, region, project } = scope
  const cells = useMemo(
    () => ({ scope: { cloud, region, project }, memberLimit }),
    [cloud, region, project, memberLimit],
  )

  const headers = Object.fromEntries(columnKeys.map((key) => [key, t(`columns.${key}`)])) as Record<
    ImageColumnKey,
    string
  >
  const { key: sortKey, descending } = readSort(sort)
  const rowLabel = (image: ImageSummary) => t('select', { name: plainUntrusted(image.name) || image.id })
  const shareable = (ids: ReadonlySet<string>) =>
    owned.images.filter((image) => ids.has(image.id) && canHaveMembers(image)).map(({ id }) => id)

  const isRead = !needsMembers(filter) || members.phase === 'done' || members.phase === 'idle'
  const isWhole = owned.complete && isRead
  const isEmpty = owned.complete && owned.images.length === 0
  return (
    <>
      <PageHeader
        title={t('title')}
        subtitle={
          <ImagesSummary
            projectName={projectName}
            count={owned.images.length}
            isComplete={owned.complete}
            isPending={owned.isPending}
            isFailed={owned.error !== null}
            totals={totals}
            onCount={() => setCounting(true)}
            shown={isFiltered(filter) ? shown.length : null}
            onClear={clear}
            isWhole={isWhole}
            isReading={!owned.complete && owned.isFetching}
          />
        }
        actions={
          <>
            <RefreshButton
              label={t('refresh')}
              isPending={owned.isFetching && !owned.isPending}
              read={owned}
            />
            {/* The phone has it in its bar at the bottom. */}
            {!isReadOnly && (
              <Link href={paths.share(scope)} className={clsx(buttonClass(), 'max-md:hidden')}>
                <Share2 className="size-4" />
                {t('shareImages')}
              </Link>
            )}
          </>
        }
      >
        {!isEmpty && owned.images.length > 0 ? (
          <div className="flex flex-col gap-2">
            <ImageFilters images={owned.images} filter={filter} onFilter={setFilter} />
            {members.phase !== 'idle' && (
              <Suspense>
                <MembersProgress {...members} total={readable.length} />
              </Suspense>
            )}
          </div>
        ) : null}
      </PageHeader>
      {(owned.truncated || owned.error !== null) && (
        <Suspense>
          <ImagesNotices owned={owned} />
        </Suspense>
      )}
      <ImagesContext value={cells}>
        <Suspense>
          {owned.isPending ? (
            <ImagesSkeleton headers={headers} hasTicks={!isReadOnly} />
          ) : owned.images.length === 0 && owned.error ? (
            <FailureState
              title={t('errorTitle')}
              error={owned.error}
              isRetrying={owned.isFetching}
              onRetry={() => void owned.refetch()}
            />
          ) : isEmpty ? (
            <NoImages projectName={projectName} />
          ) : shown.length === 0 ? (
            <NoMatch isWhole={isWhole} onClear={clear} />
          ) : (
            <DataTable
              label={t('list')}
              columns={imageColumns}
              headers={headers}
              rows={shown}
              rowId={(image) => image.id}
              sort={{ key: sortKey, direction: descending ? 'desc' : 'asc' }}
              onSort={(key) => {
                const known = imageSortKeys.find((one) => one === key)
                if (known) sortBy(known)
              }}
              selection={isReadOnly ? undefined : { ...selection, allLabel: t('selectAll'), rowLabel }}
              onOpen={(image) => router.push(paths.image(scope, image.id))}
              isBusy={owned.isFetching}
            />
          )}
        </Suspense>
      </ImagesContext>
      {!isReadOnly && selection.ids.size > 0 && (
        <ImagesTray
          scope={scope}
          ids={[...selection.ids]}
          onStop={() => setStopping(shareable(selection.ids))}
          onClear={selection.clear}
        />
      )}
      {/* By itself: the tray would be hidden while it is fetched, and the button that asked for it lose the focus. */}
      <Suspense>
        {stopping ? (
          <StopDialog
            scope={scope}
            imageIds={stopping}
            selected={selection.ids.size}
            onClose={() => setStopping(null)}
            onStopped={selection.clear}
          />
        ) : null}
      </Suspense>
    </>
  )
}

/** A page that could not reach the project does not know its name; the session may. */
function useProjectName({ project }: Scope, told: string): string {
  const { data: session } = useSession()
  return told || (session?.projects.find(({ id }) => id === project)?.name ?? shortId(project))
}
