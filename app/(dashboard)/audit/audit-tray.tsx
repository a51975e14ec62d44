'use client'
import { UserMinus } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { Tray, TrayButton } from '@/components/table/tray'
import type { AuditTicks } from './use-audit-ticks'

/** What can be done with the ticked shares. */
export function AuditTray({ ticks, onStop }: { ticks: AuditTicks; onStop: () => void }) {
  const t = useTranslations('audit.tray')
  if (ticks.rows.length === 0) return null
  return (
    <Tray
      label={t('label')}
      summary={t('count', { count: ticks.rows.length })}
      clearLabel={t('clear')}
      onClear={ticks.clear}
    >
      <TrayButton isPrimary onClick={onStop}>
        <UserMinus />
        {t('stop')}
      </TrayButton>
    </Tray>
  )
}
