'use client'
import { useTranslations } from 'use-intl'
import { ProjectDoor } from '@/components/feedback/failure-text'
import { PageHeader } from '@/components/layout/page-header'

/** The composer of a project that has to be entered first. */
export function ClosedProject() {
  const t = useTranslations('share')
  return (
    <>
      <PageHeader title={t('title', { images: 0, projects: 0 })} />
      <ProjectDoor />
    </>
  )
}
