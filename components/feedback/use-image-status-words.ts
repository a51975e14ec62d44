'use client'
import { useTranslations } from 'use-intl'
import { plainUntrusted } from '@/lib/util/untrusted-text'

const known = [
  'queued',
  'saving',
  'uploading',
  'importing',
  'active',
  'deactivated',
  'killed',
  'deleted',
  'pending_delete',
] as const

/** The status of an image in our words; one we have no word for is given as the cloud says it. */
export function useImageStatusWords(): (status: string) => string {
  const t = useTranslations('common.imageStatus')
  return (status) => {
    const one = known.find((candidate) => candidate === status)
    return one ? t(one) : plainUntrusted(status, 24)
  }
}
