'use client'
import { Play } from 'lucide-react'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useMemo, useState } from 'react'
import { useTranslations } from 'use-intl'
import { FailureText } from '@/components/feedback/failure-text'
import { failureOf, useFailureWords } from '@/components/feedback/failure-words'
import { Notice } from '@/components/feedback/notice'
import { SplitView } from '@/components/layout/app-frame'
import { PageHeader } from '@/components/layout/page-header'
import { Button } from '@/components/ui/button'
import { buttonClass } from '@/components/ui/button-styles'
import { Kbd } from '@/components/ui/kbd'
import { useShortcuts } from '@/components/ui/use-shortcuts'
import type { MemberLimit } from '@/lib/contracts/images'
import type { Scope } from '@/lib/contracts/scope'
import { paths } from '@/lib/paths'
import { useStartJob } from '@/lib/queries/use-jobs'
import { useSession } from '@/lib/queries/use-session'
import type { PendingAccess } from '@/lib/util/capability-list'
import { shortId } from '@/lib/util/format-id'
import { choosePairs } from '@/lib/util/share-plan'
import { Cautions } from './cautions'
import { ImagesPanel } from './images-panel'
import { Obstacles } from './obstacles'
import { OfferAgain } from './offer-again'
import { PlanSection } from './plan-section'
import { RecipientsPanel } from './recipients-panel'
import { StartDialog } from './start-dialog'
import { useComposer } from './use-composer'
import { useStartReason } from './use-start-reason'
import { WhatHappens } from './what-happens'

/** More recipients than these are confirmed by typing their number. */
const confirmAbove = 20

interface ShareViewProps {
  scope: Scope
  imageIds: string[]
  memberLimit: MemberLimit
  /** What may be said of an image that is not accepted. */
  access: PendingAccess
  /** The cloud refuses ids that are no project's. */
  checksIds: boolean
}

/** The composer: images × recipients, what sharing them would do, and the start. Sends nothing before it. */
export function ShareView({ scope, imageIds, memberLimit, access, checksIds }: ShareViewProps) {
  const t = useTranslations('share')
  const router = useRouter()
  const { data: session } = useSession()
  const composer = useComposer({ scope, imageIds, memberLimit })
  const [hasText, setHasText] = useState(false)
  const [isAsking, setAsking] = useState(false)
  const [refusal, setRefusal] = useState<unknown>(null)
  const start = useStartJob()
  const failureWords = useFailureWords()

  const { images, projects, plan } = composer
  const names = new Map(session?.projects.map((project) => [project.id, project.name]))
  const nameOf = (project: string) => names.get(project) ?? shortId(project)
  const count = plan.counts.new
  const wanted = useMemo(
    () => choosePairs(plan, images, projects, (pair) => pair.state === 'new'),
    [plan, images, projects],
  )
  const reason = useStartReason({ composer, hasText, wanted })

  const send = async (): Promise<void> => {
    const request = { scope, kind: 'share' as const, ...wanted }
    const job = await start.mutateAsync(request)
    router.push(paths.job(job.id))
  }
  const handleStart = async () => {
    if (reason || start.isPending) return
    setRefusal(null)
    if (wanted.projects.length > confirmAbove) setAsking(true)
    else await send().catch(setRefusal)
  }
  useShortcuts({
    'mod+enter': () => {
      void handleStart()
      return true
    },
  })

  const pairs = images.length * projects.length
  return (
    <>
      <PageHeader
        title={t('title', { images: images.length, projects: projects.length })}
        subtitle={reason ? t('notYet', { reason }) : t('checkPairs', { pairs })}
        actions={
          <>
            <Link href={paths.images(scope)} className={buttonClass({ variant: 'ghost' })}>
              {t('discard')}
            </Link>
            <Button
              variant="primary"
              disabledReason={reason}
              isPending={start.isPending}
              aria-keyshortcuts="Control+Enter Meta+Enter"
              onClick={() => void handleStart()}
            >
              <Play className="size-4" />
              {t('start', { count })}
              <Kbd>{t('startKeys')}</Kbd>
            </Button>
          </>
        }
      />
      <SplitView
        panel={
          <div className="flex flex-col gap-6 border-line bg-canvas p-4 max-lg:order-first max-lg:border-b md:px-5 lg:w-80 lg:flex-none xl:w-96 lg:border-l">
            <ImagesPanel scope={scope} composer={composer} />
            <RecipientsPanel
              composer={composer}
              own={scope.project}
              known={session?.projects ?? []}
              isKnownTruncated={session?.projectsTruncated ?? false}
              nameOf={nameOf}
              checksIds={checksIds}
              onHasText={setHasText}
            />
            <WhatHappens isLimitKnown={memberLimit !== null} access={access} />
          </div>
        }
      >
        <div className="flex flex-col gap-8 px-4 py-5 md:px-6">
          {/* A dead session brings its own dialog. */}
          {refusal !== null && failureOf(refusal).code !== 'unauthenticated' && (
            <Notice tone="danger">
              <FailureText error={refusal} />
            </Notice>
          )}
          {!!composer.imagesError && (
            <Notice
              tone="danger"
              actions={
                <Button size="sm" onClick={composer.readImagesAgain}>
                  {t('plan.readAgain')}
                </Button>
              }
            >
              <FailureText error={composer.imagesError} />
            </Notice>
          )}
          <PlanSection {...{ composer, memberLimit, nameOf }} />
          <Cautions images={images} />
          <Obstacles {...{ scope, composer, memberLimit, nameOf }} />
          <OfferAgain {...{ scope, composer, nameOf }} />
        </div>
      </SplitView>
      <StartDialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        pairs={count}
        images={wanted.images.length}
        projects={wanted.projects}
        nameOf={nameOf}
        onStart={() => send().then(() => null, failureWords)}
      />
    </>
  )
}
