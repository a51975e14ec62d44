'use client'
import { useTranslations } from 'use-intl'
import type { JobSummary } from '@/lib/contracts/jobs'
import { plainUntrusted } from '@/lib/util/untrusted-text'

/** What a job does, as a sentence: "Sharing 20 images with 40 projects". */
export function useJobTitle(job: JobSummary): string {
  const t = useTranslations('job.titles')
  return t(job.kind, {
    images: job.imageCount,
    projects: job.projectCount,
    project: plainUntrusted(job.projectName),
  })
}
