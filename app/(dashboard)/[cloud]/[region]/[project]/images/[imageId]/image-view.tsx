'use client'
import { useQuery } from '@tanstack/react-query'
import { Lock, LockOpen, Share2 } from 'lucide-react'
import Link from 'next/link'
import { Suspense, useState } from 'react'
import { useTranslations } from 'use-intl'
import { FailureState } from '@/components/feedback/failure-text'
import { ImageStatus } from '@/components/feedback/image-status'
import { SplitView } from '@/components/layout/app-frame'
import { PageHeader } from '@/components/layout/page-header'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { CopyText } from '@/components/ui/copy-text'
import { later } from '@/components/ui/later'
import { UntrustedText } from '@/components/ui/untrusted-text'
import type { ImageView as ImageViewData } from '@/lib/contracts/images'
import type { Scope } from '@/lib/contracts/scope'
import { paths } from '@/lib/paths'
import { images } from '@/lib/queries/images'
import { useReadOnly } from '@/lib/queries/use-session'
import type { PendingAccess } from '@/lib/util/capability-list'
import { canHaveMembers } from '@/lib/util/sharing'
import { AddDialog } from './add-dialog'
import { ImageFacts } from './image-facts'
import { ImageSkeleton } from './image-skeleton'
import { MembersSection } from './members-section'
import { ShareCautions } from './share-cautions'
import { VisibilityDialog } from './visibility-dialog'
import { WhyNotShareable } from './why-not-shareable'

const ImageHistory = later(async () => ({ default: (await import('./image-history')).ImageHistory }))

interface ImageViewProps {
  scope: Scope
  imageId: string
  /** What may be said of an image that is not accepted. */
  access: PendingAccess
  /** The cloud refuses ids that are no project's. */
  checksIds: boolean
}

/** One image: what it is, who has access, and what the owner can do about it. */
export function ImageView({ scope, imageId, ...truths }: ImageViewProps) {
  const t = useTranslations('image')
  const detail = useQuery(images.detail(scope, imageId))
  if (detail.data) return <ImageScreen scope={scope} data={detail.data} {...truths} />
  return (
    <>
      <PageHeader
        title={t(detail.isError ? 'errorTitle' : 'loading')}
        subtitle={<BackLink scope={scope} imageId={imageId} />}
      />
      {detail.isError ? (
        <FailureState
          title={t('errorTitle')}
          error={detail.error}
          isRetrying={detail.isFetching}
          onRetry={() => void detail.refetch()}
        />
      ) : (
        <ImageSkeleton />
      )}
    </>
  )
}

function BackLink({ scope, imageId }: { scope: Scope; imageId: string }) {
  const t = useTranslations('image')
  const tc = useTranslations('common')
  return (
    <span className="flex flex-wrap items-center gap-x-2">
      <Link href={paths.images(scope)} className="text-accent-ink hover:underline">
        {t('back')}
      </Link>
      <span aria-hidden="true">/</span>
      <CopyText text={imageId} label={t('copyId')} copiedLabel={tc('copied')} />
    </span>
  )
}

type ImageScreenProps = Omit<ImageViewProps, 'imageId'> & { data: ImageViewData }

function ImageScreen({ scope, data, access, checksIds }: ImageScreenProps) {
  const t = useTranslations('image')
  const tc = useTranslations('common')
  const isReadOnly = useReadOnly(scope.project)
  const [open, setOpen] = useState<'add' | 'visibility' | null>(null)
  const close = () => setOpen(null)
  const { image, members, memberLimit, canSwitchVisibility } = data
  const isShareable = canHaveMembers(image)
  const noShare = image.shareObstacle === 'not_active' ? t('cautions.not_active') : null

  return (
    <>
      <PageHeader
        title={
          <span className="flex flex-wrap items-center gap-2">
            {image.name === '' ? t('unnamed') : <UntrustedText text={image.name} />}
            <ImageStatus status={image.status} isQuietWhenActive />
            {image.hidden ? <Badge>{t('hidden')}</Badge> : null}
            {image.cautions.map((caution) => (
              <Badge key={caution}>{tc(`cautions.${caution}`)}</Badge>
            ))}
            {image.protected ? <Badge icon={<Lock />}>{t('protected')}</Badge> : null}
          </span>
        }
        subtitle={<BackLink scope={scope} imageId={image.id} />}
        actions={
          !isReadOnly && (
            <>
              {!!canSwitchVisibility && (image.visibility === 'private' || image.visibility === 'shared') && (
                <Button variant={isShareable ? 'secondary' : 'primary'} onClick={() => setOpen('visibility')}>
                  {isShareable ? <Lock className="size-4" /> : <LockOpen className="size-4" />}
                  {t(isShareable ? 'visibility.toPrivate' : 'visibility.toShared')}
                </Button>
              )}
              {!!isShareable && (
                <Button variant="primary" disabledReason={noShare} onClick={() => setOpen('add')}>
                  <Share2 className="size-4" />
                  {t('share')}
                </Button>
              )}
            </>
          )
        }
      />
      <SplitView panel={<ImageFacts image={image} />}>
        {isShareable ? (
          <>
            <ShareCautions image={image} className="flex flex-col gap-2 px-4 pt-4 md:px-6" />
            <MembersSection
              scope={scope}
              imageId={image.id}
              members={members}
              memberLimit={memberLimit}
              access={access}
              isReadOnly={isReadOnly}
              noShare={noShare}
              onAdd={() => setOpen('add')}
            />
          </>
        ) : (
          <WhyNotShareable image={image} />
        )}
        <Suspense>
          <ImageHistory imageId={image.id} />
        </Suspense>
      </SplitView>
      {open === 'add' && <AddDialog {...{ scope, data, access, checksIds }} onClose={close} />}
      {open === 'visibility' && <VisibilityDialog scope={scope} data={data} onClose={close} />}
    </>
  )
}
