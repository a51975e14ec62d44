'use client'
import { useTranslations } from 'use-intl'
import { maxPairsPerJob, maxTargetsPerJob, type PairSet } from '@/lib/util/share-plan'
import type { Composer } from './use-composer'

interface StartInput {
  composer: Composer
  /** Something is still in the recipients field. */
  hasText: boolean
  wanted: PairSet
}

/** Why the job can't be started now, in words; null when it can. */
export function useStartReason({ composer, hasText, wanted }: StartInput): string | null {
  const t = useTranslations('share.cannotStart')
  const { images, projects, plan, members } = composer
  // The server bounds the holes of the rectangle as it bounds the pairs.
  const pairs = Math.max(plan.counts.new, wanted.except.length)
  if (images.length === 0) return t('no_images')
  if (hasText) return t('unresolved')
  if (projects.length === 0) return t('no_projects')
  if (members.failed > 0) return t('unread', { count: members.failed })
  if (plan.counts.unread > 0) return t('reading')
  if (plan.counts.new === 0) return t('nothing_new')
  if (pairs > maxPairsPerJob) return t('too_many_pairs', { count: pairs, max: maxPairsPerJob })
  if (wanted.images.length > maxTargetsPerJob) return t('too_many_images', { max: maxTargetsPerJob })
  return null
}
