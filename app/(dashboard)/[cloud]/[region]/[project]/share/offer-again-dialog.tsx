'use client'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'use-intl'
import { ConfirmDialog } from '@/components/feedback/confirm-dialog'
import { useFailureSentence, useFailureWords } from '@/components/feedback/failure-words'
import { showToast } from '@/components/feedback/toast-store'
import { UntrustedText } from '@/components/ui/untrusted-text'
import { isFinished } from '@/lib/contracts/jobs'
import type { Scope } from '@/lib/contracts/scope'
import { paths } from '@/lib/paths'
import { useStartJob } from '@/lib/queries/use-jobs'
import { choosePairs } from '@/lib/util/share-plan'
import { pairKey, type RejectedPair } from './rejected-pairs'
import type { Composer } from './use-composer'

const shownPairs = 10

interface OfferAgainDialogProps {
  isOpen: boolean
  onClose: () => void
  scope: Scope
  composer: Composer
  chosen: readonly RejectedPair[]
  nameOf: (project: string) => string
}

/** Shows who loses access for a moment, then starts a job of its own for those pairs. */
export function OfferAgainDialog({
  isOpen,
  onClose,
  scope,
  composer,
  chosen,
  nameOf,
}: OfferAgainDialogProps) {
  const t = useTranslations('share.again')
  const router = useRouter()
  const start = useStartJob()
  const failureWords = useFailureWords()
  const sentence = useFailureSentence()
  const count = chosen.length

  const offer = async () => {
    const keys = new Set(chosen.map(({ key }) => key))
    const { images, projects, plan } = composer
    const request = {
      scope,
      kind: 'offer_again' as const,
      ...choosePairs(plan, images, projects, (_, i, j) =>
        keys.has(pairKey(images[i]?.id ?? '', projects[j] ?? '')),
      ),
    }
    try {
      const job = await start.mutateAsync(request)
      const failure = job.failures[0]
      const words = failure
        ? t('failed', { count: job.counts.failed, reason: sentence(failure) })
        : t(isFinished(job) ? 'done' : 'started', { count })
      showToast(words, {
        tone: failure ? 'danger' : isFinished(job) ? 'success' : 'info',
        action: { label: t('openJob'), run: () => router.push(paths.job(job.id)) },
      })
      return null
    } catch (error) {
      return failureWords(error)
    }
  }

  return (
    <ConfirmDialog
      isOpen={isOpen}
      onClose={onClose}
      title={t('confirmTitle', { count })}
      confirmLabel={t('confirm', { count })}
      onConfirm={offer}
      width="md"
    >
      <p>{t('confirmBody')}</p>
      <ul className="flex flex-col gap-1">
        {chosen.slice(0, shownPairs).map(({ key, image, project }) => (
          <li key={key}>
            <UntrustedText text={image.name} className="font-semibold text-ink" /> →{' '}
            <UntrustedText text={nameOf(project)} className="text-ink" />
          </li>
        ))}
        {count > shownPairs && <li>{t('more', { count: count - shownPairs })}</li>}
      </ul>
    </ConfirmDialog>
  )
}
