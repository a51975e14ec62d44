'use client'
import { useTranslations } from 'use-intl'
import { PageProblem } from '@/components/feedback/page-problem'
import { Button } from '@/components/ui/button'

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
        <Button variant="primary" onClick={reset}>
          {t('again')}
        </Button>
      </p>
    </PageProblem>
  )
}
