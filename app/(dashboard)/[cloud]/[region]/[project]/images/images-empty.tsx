'use client'
import { Layers, SearchX } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { EmptyState } from '@/components/feedback/empty-state'
import { Button } from '@/components/ui/button'
import { CopyText } from '@/components/ui/copy-text'
import { plainUntrusted } from '@/lib/util/untrusted-text'

const uploadCommand =
  'openstack image create --disk-format qcow2 --container-format bare --file my-image.qcow2 my-image'

/** The project owns nothing: how an image comes here. */
export function NoImages({ projectName }: { projectName: string }) {
  const t = useTranslations('images.empty')
  const tc = useTranslations('common')
  return (
    <EmptyState icon={<Layers />} title={t('title', { project: plainUntrusted(projectName, 48) })}>
      <p>{t('body')}</p>
      <p className="my-3 rounded-md border border-line bg-canvas px-3 py-2 text-left">
        <CopyText
          text={uploadCommand}
          label={t('copy')}
          copiedLabel={tc('copied')}
          className="!text-ink [&>span:first-child]:whitespace-normal"
        />
      </p>
      <p>{t('next')}</p>
    </EmptyState>
  )
}

interface NoMatchProps {
  /** Everything was read; otherwise something may yet fit. */
  isWhole: boolean
  onClear: () => void
}

/** The filters leave nothing. */
export function NoMatch({ isWhole, onClear }: NoMatchProps) {
  const t = useTranslations('images.noMatch')
  return (
    <EmptyState
      icon={<SearchX />}
      title={t(isWhole ? 'title' : 'partlyTitle')}
      action={<Button onClick={onClear}>{t('act')}</Button>}
    >
      {t(isWhole ? 'body' : 'partly')}
    </EmptyState>
  )
}
