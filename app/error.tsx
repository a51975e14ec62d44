'use client'
import { useTranslations } from 'use-intl'
import { PageProblem } from '@/components/feedback/page-problem'
import { buttonClass } from '@/components/ui/button-styles'

export default function ErrorPage({
  error,
  reset,
}: {
  error: Error & { digest?: string }
  reset: () => void
}) {
  const t = useTranslations('pages')
  return (
    <PageProblem title={t('broken.title')} text={t('broken.text')} homeLabel={t('home')}>
      {!!error.digest && (
        <p className="text-ink-3">
          {t('broken.reference')} <code className="font-mono">{error.digest}</code>
        </p>
      )}
      <p>
        <button type="button" className={buttonClass({ variant: 'primary' })} onClick={reset}>
          {t('again')}
        </button>
      </p>
    </PageProblem>
  )
}
