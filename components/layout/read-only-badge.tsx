import clsx from 'clsx'
import { Eye } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { Badge } from '@/components/ui/badge'

/** The one place that says that nothing can be changed: what would change something is not there. */
export function ReadOnlyBadge({ isByChoice, className }: { isByChoice: boolean; className?: string }) {
  const t = useTranslations('common.shell')
  return (
    <p title={t(isByChoice ? 'readOnlyByChoice' : 'readOnlyByRole')} className={clsx('flex', className)}>
      <Badge icon={<Eye />}>{t('readOnly')}</Badge>
    </p>
  )
}
