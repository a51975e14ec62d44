'use client'
import { useQueries, useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useFailureSentence, useFailureWords } from '@/components/feedback/failure-words'
import { showToast } from '@/components/feedback/toast-store'
import type { Offer } from '@/lib/contracts/incoming'
import { isFinished, type JobView } from '@/lib/contracts/jobs'
import type { Scope } from '@/lib/contracts/scope'
import { paths } from '@/lib/paths'
import { incoming } from '@/lib/queries/incoming'
import { jobs } from '@/lib/queries/jobs'
import { useClickKey } from '@/lib/queries/use-click-key'
import { useStartJob } from '@/lib/queries/use-jobs'
import { type Answer, answerFor, statusAfter } from '@/lib/util/offers'
import { plainUntrusted } from '@/lib/util/untrusted-text'

interface Underway {
  answer: Answer
  images: readonly string[]
  /** Set once the cloud is at work and takes longer than the click. */
  jobId: string | null
}

/**
 * Answers offers, one or many, each time as a job. A row is "answering" from the click until the list that was read
 * after the job shows where it went.
 */
export function useAnswers(scope: Scope, projectName: string) {
  const t = useTranslations('incoming.toast')
  const client = useQueryClient()
  const router = useRouter()
  const start = useStartJob()
  const click = useClickKey()
  const sentence = useFailureSentence()
  const failureWords = useFailureWords()
  const [underway, setUnderway] = useState<readonly Underway[]>([])

  const slow = underway.flatMap(({ jobId }) => jobId ?? [])
  const finished = useQueries({ queries: slow.map((id) => jobs.detail(id)), combine: finishedIds })
  const open = underway.filter(({ jobId }) => jobId === null || !finished.has(jobId))
  const answeringOf = (imageId: string): Answer | null =>
    open.find(({ images }) => images.includes(imageId))?.answer ?? null

  const answer = async (kind: Answer, offers: readonly Offer[]): Promise<void> => {
    const images = offers.map((offer) => offer.image.id)
    const mine: Underway = { answer: kind, images, jobId: null }
    const request = { scope, kind, images, projects: [scope.project] }
    setUnderway((before) => [...before, mine])
    try {
      const job = await start.mutateAsync({ ...request, idempotencyKey: click.keyFor(request) })
      click.spent()
      if (isFinished(job)) {
        report(kind, offers, job)
        // The job has made the list stale; this waits for the read that is under way.
        await client.refetchQueries({ queryKey: incoming.list(scope).queryKey }, { cancelRefetch: false })
        setUnderway((before) => before.filter((one) => one !== mine))
      } else {
        setUnderway((before) => before.map((one) => (one === mine ? { ...mine, jobId: job.id } : one)))
        showToast(t('started', { count: offers.length }), { action: openJob(job) })
      }
    } catch (error) {
      setUnderway((before) => before.filter((one) => one !== mine))
      showToast(failureWords(error), { tone: 'danger' })
    }
  }

  const openJob = (job: JobView) => ({ label: t('openJob'), run: () => router.push(paths.job(job.id)) })

  const report = (kind: Answer, offers: readonly Offer[], job: JobView) => {
    const failure = job.failures[0]
    if (failure) {
      const reason = sentence(failure)
      showToast(t('failed', { count: job.counts.failed, reason }), { tone: 'danger', action: openJob(job) })
      return
    }
    const first = offers[0]
    const name = first ? plainUntrusted(first.image.name, 48) : ''
    const words = t(kind, { count: offers.length, name, project: plainUntrusted(projectName, 48) })
    const before = first?.status ?? 'pending'
    const back = answerFor(before)
    const instead = kind === 'accept' ? 'reject' : 'accept'
    showToast(back ? words : `${words} ${t('noWayBack')}`, {
      tone: 'success',
      action: {
        label: back ? t('undo') : t(`instead.${instead}`),
        run: () =>
          void answer(
            back ?? instead,
            offers.map((offer) => ({ ...offer, status: statusAfter[kind] })),
          ),
      },
    })
  }

  return { answer, answeringOf }
}

export type Answers = ReturnType<typeof useAnswers>

function finishedIds(results: readonly { data: JobView | undefined }[]): ReadonlySet<string> {
  return new Set(results.flatMap(({ data }) => (data && isFinished(data) ? data.id : [])))
}
