'use client'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Activity, Cloud, Inbox, Layers, Share2 } from 'lucide-react'
import Link, { useLinkStatus } from 'next/link'
import { usePathname } from 'next/navigation'
import type { ComponentProps } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import { CountBadge } from '@/components/ui/badge'
import { Spinner } from '@/components/ui/spinner'
import { useHydrated } from '@/components/ui/use-hydrated'
import { VisuallyHidden } from '@/components/ui/visually-hidden'
import { isFinished } from '@/lib/contracts/jobs'
import type { Scope } from '@/lib/contracts/scope'
import { paths } from '@/lib/paths'
import { images } from '@/lib/queries/images'
import { incoming } from '@/lib/queries/incoming'
import { jobs } from '@/lib/queries/jobs'
import { useSession } from '@/lib/queries/use-session'
import { BottomBarItem, NavItem } from './nav-item'

interface ScreenLinksProps {
  scope: Scope | null
  place: 'side' | 'bottom'
}

/** The screens there are, with what waits in each. */
export function ScreenLinks({ scope, place }: ScreenLinksProps) {
  const t = useTranslations('common.shell')
  const pathname = usePathname()
  // In the first render the page below has to find the cache empty, or it would not get what the server has read for it.
  const areCountsOn = useHydrated()
  const Item = place === 'side' ? NavItem : BottomBarItem
  const isSide = place === 'side'
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
          <Item
            link={ScreenLink}
            href={paths.share(scope)}
            icon={<Share2 />}
            label={t('share')}
            isCurrent={screenOf === 'share'}
          />
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
      <Item
        link={ScreenLink}
        href={paths.clouds()}
        icon={<Cloud />}
        label={t('clouds')}
        isCurrent={pathname === paths.clouds()}
      />
    </>
  )
}

/** Looking at a screen reads from the cloud, looking at the way there does not. The read begins with the click, and may take its time. */
function ScreenLink({ children, ...props }: ComponentProps<typeof Link>) {
  return (
    <Link {...props} prefetch={false}>
      {children}
      <Pending />
    </Link>
  )
}

/** The screen was asked for and is not there yet. Over the count, so that nothing moves. */
function Pending() {
  const { pending } = useLinkStatus()
  if (!pending) return null
  return (
    <span className="pointer-events-none absolute inset-0 flex animate-appear items-center justify-end rounded-md pr-2 max-md:items-start max-md:justify-center max-md:pt-3">
      <Spinner className="rounded-full bg-canvas max-md:size-5" />
    </span>
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
  // The address may name any project; only one's own can have offers.
  const isMine = session?.projects.some(({ id }) => id === scope.project)
  const { data } = useQuery({
    ...incoming.list(scope),
    staleTime: Number.POSITIVE_INFINITY,
    enabled: isMine === true,
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
