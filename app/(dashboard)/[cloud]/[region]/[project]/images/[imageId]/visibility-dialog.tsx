'use client'
import { useTranslations } from 'use-intl'
import { ConfirmDialog } from '@/components/feedback/confirm-dialog'
import { useFailureWords } from '@/components/feedback/failure-words'
import { showToast } from '@/components/feedback/toast-store'
import type { ImageView } from '@/lib/contracts/images'
import type { Scope } from '@/lib/contracts/scope'
import { useSetVisibility } from '@/lib/queries/use-set-visibility'
import { WhoIsHit } from './who-is-hit'

interface VisibilityDialogProps {
  scope: Scope
  data: ImageView
  onClose: () => void
}

/** Makes a private image shareable, or a shareable one private, and says what that does to its members. */
export function VisibilityDialog({ scope, data: { image, members }, onClose }: VisibilityDialogProps) {
  const t = useTranslations('image.visibility')
  const setVisibility = useSetVisibility(scope)
  const failureWords = useFailureWords()
  const target = image.visibility === 'private' ? 'shared' : 'private'
  const hit = target === 'private' ? members.members : []

  const change = async () => {
    try {
      await setVisibility.mutateAsync({ imageId: image.id, visibility: target })
      showToast(t(`${target}Done`), { tone: 'success' })
      return null
    } catch (error) {
      return failureWords(error)
    }
  }

  return (
    <ConfirmDialog
      isOpen
      isDanger={hit.length > 0}
      width="md"
      onClose={onClose}
      title={t(`${target}Title`)}
      confirmLabel={t(`${target}Confirm`)}
      onConfirm={change}
    >
      <p>{t(`${target}Body`)}</p>
      {target === 'private' && (
        <>
          <p>{t('hit', { count: hit.length })}</p>
          {hit.length > 0 && (
            <>
              <WhoIsHit members={hit} moreWords={(count) => t('more', { count })} />
              <p>{t('running')}</p>
            </>
          )}
        </>
      )}
    </ConfirmDialog>
  )
}
