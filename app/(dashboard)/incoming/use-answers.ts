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
import { jobEnd } from '@/lib/queries/job-end'
import { jobs } from '@/lib/queries/jobs'
import { useStartJob } from '@/lib/queries/use-jobs'
import type { PendingAccess } from '@/lib/util/capability-list'
import { type Answer, answerFor, needsVault, statusAfter } from '@/lib/util/offers'
import { plainUntrusted } from '@/lib/util/untrusted-text'

interface Underway {
  answer: Answer
  images: readonly string[]
  /** Set once the cloud is at work and takes longer than the click. */
  jobId: string | null
}

interface AnswersOf {
  scope: Scope
  projectName: string
  /** What may be said of an image that is not accepted. */
  access: PendingAccess
}

/**
 * Answers offers, one or many, each time as a job. A row is "answering" from the click until the list that was read
 * after the job shows where it went. Images of whole servers wait until a vault is named for them.
 */
export function useAnswers({ scope, projectName, access }: AnswersOf) {
  const t = useTranslations('incoming.toast')
  const tv = useTranslations('incoming.vault')
  const client = useQueryClient()
  const router = useRouter()
  const start = useStartJob()
  const sentence = useFailureSentence()
  const failureWords = useFailureWords()
  const [underway, setUnderway] = useState<readonly Underway[]>([])
  const [forVault, setForVault] = useState<readonly Offer[] | null>(null)

  const slow = underway.flatMap(({ jobId }) => jobId ?? [])
  const finished = useQueries({ queries: slow.map((id) => jobs.detail(id)), combine: finishedIds })
  const open = underway.filter(({ jobId }) => jobId === null || !finished.has(jobId))
  const answeringOf = (imageId: string): Answer | null =>
    open.find(({ images }) => images.includes(imageId))?.answer ?? null

  /** Runs one answer as a job and answers with it. @throws ClientError */
  const send = async (kind: Answer, offers: readonly Offer[], vaultId?: string): Promise<JobView> => {
    const images = offers.map((offer) => offer.image.id)
    const mine: Underway = { answer: kind, images, jobId: null }
    const request = { scope, kind, images, projects: [scope.project], vaultId }
    setUnderway((before) => [...before, mine])
    try {
      const job = await start.mutateAsync(request)
      if (isFinished(job)) {
        // The job has made the list stale; this waits for the read that is under way.
        void client
          .refetchQueries({ queryKey: incoming.list(scope).queryKey }, { cancelRefetch: false })
          .finally(() => setUnderway((before) => before.filter((one) => one !== mine)))
      } else {
        setUnderway((before) => before.map((one) => (one === mine ? { ...mine, jobId: job.id } : one)))
      }
      return job
    } catch (error) {
      setUnderway((before) => before.filter((one) => one !== mine))
      throw error
    }
  }

  const sendAndTell = async (kind: Answer, offers: readonly Offer[]): Promise<void> => {
    try {
      const job = await send(kind, offers)
      if (isFinished(job)) report(kind, offers, job)
      else void tellLater(kind, offers, job)
    } catch (error) {
      showToast(failureWords(error), { tone: 'danger' })
    }
  }

  /** Sends the answer. False: nothing is sent yet, because a vault has to be named first. */
  const answer = (kind: Answer, offers: readonly Offer[]): boolean => {
    if (kind === 'accept' && offers.some(needsVault)) {
      setForVault(offers)
      return false
    }
    void sendAndTell(kind, offers)
    return true
  }

  /** Accepts what waits for a vault. A sentence that comes back is why it, or a part of it, was not taken. */
  const acceptInto = async (vaultId: string): Promise<string | null> => {
    const offers = forVault ?? []
    try {
      const begun = await send('accept', offers, vaultId)
      const job = isFinished(begun) ? begun : await Promise.race([jobEnd(client, begun.id), patience(begun)])
      if (!isFinished(job) && job.state !== 'paused') {
        void tellLater('accept', offers, job)
        return null
      }
      const failure = job.failures[0]
      if (!failure) {
        report('accept', offers, job)
        return null
      }
      // The others are accepted: only these are tried again.
      const failed = failedImages(job)
      setForVault(offers.filter(({ image }) => failed.has(image.id)))
      return tv('refused', { count: failed.size, reason: sentence(failure) })
    } catch (error) {
      return failureWords(error)
    }
  }

  const tellLater = async (kind: Answer, offers: readonly Offer[], job: JobView) => {
    showToast(t('started', { count: offers.length }), { action: openJob(job) })
    report(kind, offers, await jobEnd(client, job.id))
  }

  const openJob = (job: JobView) => ({ label: t('openJob'), run: () => router.push(paths.job(job.id)) })

  const report = (kind: Answer, offers: readonly Offer[], job: JobView) => {
    const failure = job.failures[0]
    if (failure) {
      const reason = sentence(failure)
      showToast(t('failed', { count: job.counts.failed, reason }), { tone: 'danger', action: openJob(job) })
      return
    }
    if (job.state === 'paused' || job.state === 'cancelled') {
      showToast(t(job.state, { count: offers.length }), { action: openJob(job) })
      return
    }
    const first = offers[0]
    const name = first ? plainUntrusted(first.image.name, 48) : ''
    const words = t(kind, { count: offers.length, name, project: plainUntrusted(projectName, 48), access })
    const before = first?.status ?? 'pending'
    const back = answerFor(before)
    const instead = kind === 'accept' ? 'reject' : 'accept'
    showToast(back ? words : `${words} ${t('noWayBack', { count: offers.length })}`, {
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

  return { answer, answeringOf, forVault, acceptInto, closeVault: () => setForVault(null) }
}

export type Answers = ReturnType<typeof useAnswers>

function finishedIds(results: readonly { data: JobView | undefined }[]): ReadonlySet<string> {
  return new Set(results.flatMap(({ data }) => (data && isFinished(data) ? data.id : [])))
}

/** So long somebody may be kept in front of a question whose answer is under way. */
const patienceMs = 15_000

const patience = (job: JobView) =>
  new Promise<JobView>((resolve) => setTimeout(() => resolve(job), patienceMs))

function failedImages(job: JobView): ReadonlySet<string> {
  const ids = job.failures.flatMap(({ pairs }) => pairs.map(([image]) => job.images[image]?.id ?? ''))
  return new Set(ids)
}
