'use client'
import { useTranslations } from 'use-intl'
import type { AuditColumn } from './audit-columns'

/** The words above the columns of the audit. */
export function useAuditHeaders(): Record<AuditColumn, string> {
  const t = useTranslations('audit.columns')
  return {
    image: t('image'),
    owner: t('owner'),
    recipient: t('recipient'),
    status: t('status'),
    shared: t('shared'),
    answered: t('answered'),
    age: t('age'),
  }
}
