'use client'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { ConfirmDialog } from '@/components/feedback/confirm-dialog'
import { useFailureWords } from '@/components/feedback/failure-words'
import { Notice } from '@/components/feedback/notice'
import { showToast } from '@/components/feedback/toast-store'
import { useJobToast } from '@/components/feedback/use-job-toast'
import { Progress } from '@/components/ui/progress'
import type { JobView } from '@/lib/contracts/jobs'
import type { Scope } from '@/lib/contracts/scope'
import { paths } from '@/lib/paths'
import { useStartJob } from '@/lib/queries/use-jobs'
import { canBeStopped, type StoppedShare, stopBatches } from '@/lib/util/stop-batches'
import { StopSharesList } from './stop-shares-list'

/** A member of an audit, by the names it is known by. */
export interface ShareToStop extends StoppedShare {
  imageName: string
  projectName: string | null
}

interface StopSharesDialogProps {
  scope: Scope
  members: readonly ShareToStop[]
  onClose: () => void
}

/** Shows who loses access to what, and ends it by jobs: one for each project that acts, more where one would be too long. */
export function StopSharesDialog({ scope, members, onClose }: StopSharesDialogProps) {
  const t = useTranslations('auditReview.stop')
  const tc = useTranslations('common')
  const router = useRouter()
  const start = useStartJob()
  const failureWords = useFailureWords()
  const tell = useJobToast()
  // Fixed when it opens: an audit that goes on must not change what somebody is about to confirm.
  const [plan] = useState(() => ({ ...stopBatches(members), shown: reachable(members) }))
  const [started, setStarted] = useState<readonly JobView[]>([])
  const [isStarting, setStarting] = useState(false)
  const all = plan.batches.length
  const left = plan.batches.slice(started.length)
  const leftPairs = left.reduce((sum, { only }) => sum + only.length, 0)

  const report = (jobs: readonly JobView[]) => {
    const [only] = jobs
    const asked = plan.batches.slice(0, jobs.length).reduce((sum, batch) => sum + batch.only.length, 0)
    const gone = asked - jobs.reduce((sum, { total }) => sum + total, 0)
    if (gone > 0) showToast(t('gone', { count: gone }))
    if (jobs.length === 1 && only) tell(only)
    else if (jobs.length > 1) {
      const action = { label: t('openJobs'), run: () => router.push(paths.jobs()) }
      showToast(t('startedJobs', { count: jobs.length }), { action })
    }
  }
  const close = () => {
    report(started)
    onClose()
  }

  const stop = async () => {
    const jobs = [...started]
    setStarting(true)
    try {
      for (const { via, ...pairs } of left) {
        const request = { scope: { ...scope, project: via }, kind: 'stop' as const, ...pairs }
        jobs.push(await start.mutateAsync(request))
        setStarted([...jobs])
      }
    } catch (error) {
      const reason = failureWords(error)
      return jobs.length === 0 ? reason : `${t('partly', { done: jobs.length })} ${reason}`
    } finally {
      setStarting(false)
    }
    report(jobs)
    onClose()
    return null
  }

  return (
    <ConfirmDialog
      isOpen
      isDanger
      width="md"
      onClose={close}
      title={t('title', { count: plan.pairs })}
      confirmLabel={
        started.length === 0 ? t('confirm', { count: plan.pairs }) : t('confirmRest', { count: leftPairs })
      }
      cancelLabel={started.length === 0 ? tc('cancel') : tc('close')}
      disabledReason={plan.pairs === 0 ? t('nothing') : null}
      onConfirm={stop}
    >
      {plan.pairs === 0 ? <p>{t('nothing')}</p> : <StopSharesList members={plan.shown} />}
      {plan.leftOut > 0 && <Notice>{t('leftOut', { count: plan.leftOut })}</Notice>}
      {plan.pairs > 0 && (
        <>
          <p>{t('noUndo')}</p>
          <p>{t('snapshot')}</p>
          {all > 1 && <p>{t('jobs', { count: all })}</p>}
        </>
      )}
      {!!isStarting && all > 1 && (
        <div aria-live="polite" className="flex flex-col gap-1.5">
          <p className="text-sm">{t('starting', { now: Math.min(started.length + 1, all), all })}</p>
          <Progress
            label={t('starting', { now: Math.min(started.length + 1, all), all })}
            value={started.length}
            max={all}
          />
        </div>
      )}
    </ConfirmDialog>
  )
}

/** Those that can be stopped, each pair once. */
function reachable(members: readonly ShareToStop[]): ShareToStop[] {
  const pairs = new Map(
    members
      .filter(({ project }) => canBeStopped(project))
      .map((member) => [JSON.stringify([member.imageId, member.project]), member]),
  )
  return [...pairs.values()]
}
