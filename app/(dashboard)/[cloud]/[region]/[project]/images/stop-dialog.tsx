'use client'
import { useMemo, useState } from 'react'
import { useTranslations } from 'use-intl'
import { ConfirmDialog } from '@/components/feedback/confirm-dialog'
import { useFailureWords } from '@/components/feedback/failure-words'
import { useJobToast } from '@/components/feedback/use-job-toast'
import type { Scope } from '@/lib/contracts/scope'
import { useStartJob } from '@/lib/queries/use-jobs'
import { useMembers } from '@/lib/queries/use-members'
import { recipientsOf, stopPlan } from '@/lib/util/sharing'
import { MembersProgress } from './members-progress'
import { RecipientChoice } from './recipient-choice'

interface StopDialogProps {
  scope: Scope
  /** The images whose sharing is to end; those that can't be shared are left out by the caller. */
  imageIds: readonly string[]
  /** How many images were selected, those included. */
  selected: number
  onClose: () => void
  onStopped: () => void
}

/** Ends the access of chosen projects to the selected images. Shows who has access before anything is sent. */
export function StopDialog({ scope, imageIds, selected, onClose, onStopped }: StopDialogProps) {
  const t = useTranslations('images.stop')
  const members = useMembers(scope, imageIds)
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const start = useStartJob()
  const failureWords = useFailureWords()
  const tell = useJobToast()

  const isRead = members.read === imageIds.length
  const recipients = useMemo(
    () => recipientsOf(imageIds.flatMap((id) => members.known.get(id) ?? [])),
    [imageIds, members.known],
  )
  const unshared = selected - new Set(recipients.flatMap(({ images }) => images)).size
  const { pairs, ...plan } = stopPlan(recipients.filter(({ project }) => chosen.has(project)))

  const isTwice = (id: string) =>
    members.known.get(id)?.members.some(({ project, twice }) => twice && chosen.has(project))

  const stop = async () => {
    const request = { scope, kind: 'stop' as const, ...plan, twice: plan.images.filter(isTwice) }
    try {
      tell(await start.mutateAsync(request))
      onStopped()
      return null
    } catch (error) {
      return failureWords(error)
    }
  }

  return (
    <ConfirmDialog
      isOpen
      isDanger
      width="md"
      onClose={onClose}
      title={t('title', { count: selected })}
      confirmLabel={pairs > 0 ? t('confirm', { count: pairs }) : t('confirmNone')}
      disabledReason={pairs > 0 ? null : isRead && recipients.length === 0 ? t('nobody') : t('choosePrompt')}
      onConfirm={stop}
    >
      {!isRead && (
        <>
          <p>{t('reading', { read: members.read, total: imageIds.length })}</p>
          <MembersProgress {...members} total={imageIds.length} />
        </>
      )}
      {isRead && recipients.length === 0 ? (
        <p>{t('nobody')}</p>
      ) : (
        <RecipientChoice recipients={recipients} imageCount={selected} {...{ chosen, setChosen }} />
      )}
      {!!isRead && recipients.length > 0 && unshared > 0 && (
        <p className="text-sm">{t('unshared', { count: unshared, total: selected })}</p>
      )}
      {pairs > 0 && (
        <>
          <p>{t('keepsRunning')}</p>
          <p>{t('noUndo')}</p>
        </>
      )}
    </ConfirmDialog>
  )
}
