'use client'
import { useTranslations } from 'use-intl'
import { FailureText } from '@/components/feedback/failure-text'
import { Notice } from '@/components/feedback/notice'
import { Button } from '@/components/ui/button'
import type { useOwnedImages } from '@/lib/queries/use-images'

/** Why the list is not the whole of it, when some of it is there. */
export function ImagesNotices({ owned }: { owned: ReturnType<typeof useOwnedImages> }) {
  const t = useTranslations('images')
  const tc = useTranslations('common')
  const isCut = owned.error && owned.images.length > 0
  if (!isCut && !owned.truncated) return null
  return (
    <div className="flex flex-col gap-2 px-4 py-3 md:px-6">
      {isCut ? (
        <Notice
          tone="warning"
          title={t('incomplete')}
          actions={
            <Button size="sm" isPending={owned.isFetching} onClick={() => void owned.refetch()}>
              {tc('retry')}
            </Button>
          }
        >
          <FailureText error={owned.error} />
        </Notice>
      ) : null}
      {owned.truncated ? <Notice tone="warning">{t('truncated')}</Notice> : null}
    </div>
  )
}
