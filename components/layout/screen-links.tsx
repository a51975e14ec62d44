'use client'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Activity, Inbox, Layers, Share2 } from 'lucide-react'
import { usePathname } from 'next/navigation'
import { useFormatter, useTranslations } from 'use-intl'
import { CountBadge } from '@/components/ui/badge'
import { useHydrated } from '@/components/ui/use-hydrated'
import { VisuallyHidden } from '@/components/ui/visually-hidden'
import { isFinished } from '@/lib/contracts/jobs'
import type { Scope } from '@/lib/contracts/scope'
import { paths } from '@/lib/paths'
import { images } from '@/lib/queries/images'
import { incoming } from '@/lib/queries/incoming'
import { jobs } from '@/lib/queries/jobs'
import { useReadOnly, useSession } from '@/lib/queries/use-session'
import { BottomBarItem, NavItem } from './nav-item'
import { ScreenLink } from './screen-link'

interface ScreenLinksProps {
  scope: Scope | null
  place: 'side' | 'bottom'
}

/** The screens one works in, with what waits in each. */
export function ScreenLinks({ scope, place }: ScreenLinksProps) {
  const t = useTranslations('common.shell')
  const pathname = usePathname()
  // In the first render the page below has to find the cache empty, or it would not get what the server has read for it.
  const areCountsOn = useHydrated()
  const Item = place === 'side' ? NavItem : BottomBarItem
  const isSide = place === 'side'
  const isReadOnly = useReadOnly(scope?.project)
  const screenOf = pathname.split('/')[4]
  return (
    <>
      <Item
        link={ScreenLink}
        href={paths.incoming(scope ?? undefined)}
        icon={<Inbox />}
        label={t('incoming')}
        isCurrent={pathname.startsWith('/incoming')}
        count={scope && areCountsOn ? <PendingCount scope={scope} /> : undefined}
      />
      {!!scope && (
        <>
          <Item
            link={ScreenLink}
            href={paths.images(scope)}
            icon={<Layers />}
            label={t(isSide ? 'images' : 'imagesShort')}
            isCurrent={screenOf === 'images'}
            count={isSide && areCountsOn ? <ImageCount scope={scope} /> : undefined}
          />
          {!isReadOnly && (
            <Item
              link={ScreenLink}
              href={paths.share(scope)}
              icon={<Share2 />}
              label={t('share')}
              isCurrent={screenOf === 'share'}
            />
          )}
        </>
      )}
      <Item
        link={ScreenLink}
        href={paths.jobs()}
        icon={<Activity />}
        label={t('jobs')}
        isCurrent={pathname.startsWith('/jobs')}
        count={areCountsOn ? <RunningCount isSide={isSide} /> : undefined}
      />
    </>
  )
}

function RunningCount({ isSide }: { isSide: boolean }) {
  const t = useTranslations('common.shell')
  const { data } = useQuery(jobs.list())
  const running = data?.filter((job) => !isFinished(job) && job.state !== 'paused').length ?? 0
  if (running === 0) return null
  return (
    <CountBadge tone="accent">
      {running}
      {isSide ? ` ${t('runningWord')}` : <VisuallyHidden> {t('runningWord')}</VisuallyHidden>}
    </CountBadge>
  )
}

/** Read once per project and visit; the inbox itself keeps it current. */
function PendingCount({ scope }: { scope: Scope }) {
  const t = useTranslations('common.shell')
  const { data: session } = useSession()
  // The address may name any project; only one's own can have offers. One that wants a sign-in of its own tells none before.
  const isOpen =
    session?.projects.some(({ id }) => id === scope.project) &&
    (session.canRescope || session.rights[scope.project] !== undefined)
  const { data } = useQuery({
    ...incoming.list(scope),
    staleTime: Number.POSITIVE_INFINITY,
    enabled: isOpen === true,
  })
  if (!data || data.counts.pending === 0) return null
  return (
    <CountBadge tone="pending">
      {data.counts.pending}
      {data.truncated ? '+' : null}
      <VisuallyHidden> {t('pendingWord')}</VisuallyHidden>
    </CountBadge>
  )
}

/** What the images screen has read so far; reads nothing itself. */
function ImageCount({ scope }: { scope: Scope }) {
  const format = useFormatter()
  const shown = useInfiniteQuery({ ...images.pages(scope, false), enabled: false })
  const hidden = useInfiniteQuery({ ...images.pages(scope, true), enabled: false })
  if (!shown.data || !hidden.data) return null
  const pages = [...shown.data.pages, ...hidden.data.pages]
  const count = pages.reduce((sum, page) => sum + page.images.length, 0)
  return (
    <>
      {format.number(count)}
      {shown.hasNextPage || hidden.hasNextPage ? '+' : null}
    </>
  )
}
