'use client'
import { useTranslations } from 'use-intl'
import type { AuditData } from '@/lib/util/audit-data'
import type { AuditView } from '@/lib/util/audit-view'

/** How many rows are shown, in words; nothing while none are there and some may come. */
export function useRowCount(data: AuditData, view: AuditView, isSettled: boolean): string {
  const t = useTranslations('audit.filters')
  const members = view.rows.length
  if (view.entries === 0 && !isSettled) return ''
  const images = view.entries - members
  if (members === 0 && images > 0) return t('images', { count: images })
  const words =
    members === data.size ? t('all', { count: members }) : t('some', { count: members, total: data.size })
  return images === 0 ? words : `${words} · ${t('images', { count: images })}`
}
