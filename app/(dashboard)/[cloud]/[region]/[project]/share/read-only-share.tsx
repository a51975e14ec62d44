'use client'
import { Eye } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'use-intl'
import { EmptyState } from '@/components/feedback/empty-state'
import { PageHeader } from '@/components/layout/page-header'
import { buttonClass } from '@/components/ui/button-styles'
import type { Scope } from '@/lib/contracts/scope'
import { paths } from '@/lib/paths'

/** The composer for somebody who may only look: an address that was sent, or typed. */
export function ReadOnlyShare({ scope }: { scope: Scope }) {
  const t = useTranslations('share.readOnly')
  return (
    <>
      <PageHeader title={t('title')} />
      <EmptyState
        icon={<Eye />}
        title={t('heading')}
        action={
          <Link href={paths.images(scope)} className={buttonClass()}>
            {t('toImages')}
          </Link>
        }
      >
        {t('body')}
      </EmptyState>
    </>
  )
}
