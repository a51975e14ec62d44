'use client'
import { useTranslations } from 'use-intl'
import { ConfirmDialog } from '@/components/feedback/confirm-dialog'
import { useFailureWords } from '@/components/feedback/failure-words'
import { useJobToast } from '@/components/feedback/use-job-toast'
import type { Member } from '@/lib/contracts/images'
import type { Scope } from '@/lib/contracts/scope'
import { useStartJob } from '@/lib/queries/use-jobs'
import type { MemberAct } from './members-context'
import { WhoIsHit } from './who-is-hit'

const jobKinds = { stop: 'stop', offer: 'offer_again' } as const

interface MemberActDialogProps {
  kind: MemberAct
  members: readonly Member[]
  scope: Scope
  imageId: string
  onClose: () => void
  onDone: () => void
}

/** Asks before access ends, or is cut for a moment, and says who is hit. */
export function MemberActDialog({ kind, members, scope, imageId, onClose, onDone }: MemberActDialogProps) {
  const t = useTranslations(`image.${kind}`)
  const start = useStartJob()
  const failureWords = useFailureWords()
  const tell = useJobToast()
  const count = members.length

  const act = async () => {
    const request = {
      scope,
      kind: jobKinds[kind],
      images: [imageId],
      projects: members.map(({ project }) => project),
      twice: members.some(({ twice }) => twice) ? [imageId] : [],
    }
    try {
      tell(await start.mutateAsync(request))
      onDone()
      return null
    } catch (error) {
      return failureWords(error)
    }
  }

  return (
    <ConfirmDialog
      isOpen
      isDanger={kind === 'stop'}
      width="md"
      onClose={onClose}
      title={t('title', { count })}
      confirmLabel={t('confirm', { count })}
      onConfirm={act}
    >
      <p>{t('hit', { count })}</p>
      <WhoIsHit members={members} moreWords={(more) => t('more', { count: more })} />
      <p>{t('running', { count })}</p>
      <p>{t('noUndo')}</p>
    </ConfirmDialog>
  )
}
