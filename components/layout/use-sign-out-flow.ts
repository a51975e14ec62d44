'use client'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useFailureWords } from '@/components/feedback/failure-words'
import { showToast } from '@/components/feedback/toast-store'
import { isFinished } from '@/lib/contracts/jobs'
import { paths } from '@/lib/paths'
import { jobs } from '@/lib/queries/jobs'
import { session } from '@/lib/queries/session'
import { leaveSession } from '@/lib/queries/use-session'

/**
 * The way out: `start` leaves at once, or, when jobs or audits of this person run, sets `running` so that the dialog asks what
 * shall become of them; `leave` is its answer and gives back why it failed.
 */
export function useSignOutFlow() {
  const t = useTranslations('common.signOut')
  const client = useQueryClient()
  const failureWords = useFailureWords()
  const [running, setRunning] = useState<number | null>(null)

  const leave = async (runningJobs: 'pause' | 'finish'): Promise<string | null> => {
    try {
      await leaveSession(runningJobs)
    } catch (error) {
      return failureWords(error)
    }
    // A full load: nothing of the session may stay in memory.
    window.location.assign(paths.signIn(undefined, 'signed_out'))
    return null
  }

  const start = async () => {
    // When they can't be read, the safe answer holds: they are paused.
    const [list, audits] = await Promise.all([
      client.fetchQuery({ ...jobs.list(), staleTime: 0 }).catch(() => []),
      client.fetchQuery({ ...session.current(), staleTime: 0 }).then(
        ({ runningAudits }) => runningAudits,
        () => 0,
      ),
    ])
    const count = list.filter((job) => job.mine && !isFinished(job) && job.state !== 'paused').length + audits
    if (count > 0) {
      setRunning(count)
      return
    }
    const reason = await leave('pause')
    if (reason !== null) showToast(`${t('failed')} ${reason}`, { tone: 'danger' })
  }

  return { start, running, leave, close: () => setRunning(null) }
}
