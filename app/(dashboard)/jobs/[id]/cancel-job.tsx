'use client'
import { Square } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { ConfirmDialog } from '@/components/feedback/confirm-dialog'
import { useFailureWords } from '@/components/feedback/failure-words'
import { Button } from '@/components/ui/button'
import { isFinished, type JobView } from '@/lib/contracts/jobs'
import { useCancelJob } from '@/lib/queries/use-jobs'
import { useReadOnly } from '@/lib/queries/use-session'

/** Sends nothing more. Says what stays as it is before it does so. */
export function CancelJob({ job }: { job: JobView }) {
  const t = useTranslations('job.cancel')
  const [isAsking, setAsking] = useState(false)
  const cancel = useCancelJob()
  const failureWords = useFailureWords()
  const isReadOnly = useReadOnly(job.scope.project)
  if (isReadOnly || isFinished(job)) return null
  const count = job.counts.waiting
  const isAllSent = count === 0 && job.state !== 'paused'
  const blocked = job.cancelRequested ? t('under') : isAllSent && t('nothingLeft')

  const confirm = async () => {
    try {
      await cancel.mutateAsync(job.id)
      return null
    } catch (error) {
      return failureWords(error)
    }
  }

  return (
    <>
      <Button variant="danger-quiet" disabledReason={blocked} onClick={() => setAsking(true)}>
        <Square className="size-3.5" />
        {t('button')}
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title={t('title')}
        confirmLabel={t('confirm', { count })}
        cancelLabel={t('keep')}
        isDanger
        onConfirm={confirm}
      >
        <p>{t('body', { count })}</p>
        <p>{t(`kinds.${job.kind}`)}</p>
      </ConfirmDialog>
    </>
  )
}
