'use client'
import { useTranslations } from 'use-intl'
import { useSession } from '@/lib/queries/use-session'

/** Why this session may not change anything, in words; null when it may. The server refuses in any case. */
export function useReadOnlyReason(): string | null {
  const t = useTranslations('errors')
  const { data: session } = useSession()
  return session?.readOnly ? t('read_only') : null
}
