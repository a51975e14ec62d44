'use client'
import { useTranslations } from 'use-intl'
import type { CapabilityColumnKey } from './capability-columns'

/** The words above the table of capabilities. */
export function useCapabilityHeaders(): Record<CapabilityColumnKey, string> {
  const t = useTranslations('clouds.columns')
  return { what: t('what'), value: t('value'), source: t('source'), line: t('line') }
}
