'use client'
import { useTranslations } from 'use-intl'
import { Section } from '@/components/layout/section'
import { CopyText } from '@/components/ui/copy-text'

/** Where the lines of the table go in the configuration. */
export function HowToOverride({ cloud }: { cloud: string }) {
  const t = useTranslations('clouds.override')
  const tc = useTranslations('common')
  const lines = ['clouds:', `  ${cloud}:`, '    shareboard:', '      capabilities:', '        …']
  return (
    <div className="px-4 pt-2 pb-8 md:px-6">
      <Section title={t('heading')} className="max-w-2xl">
        <p className="text-ink-2">{t('body')}</p>
        <CopyText
          text={lines.slice(0, -1).join('\n')}
          shown={lines.join('\n')}
          label={tc('copy', { what: t('copy') })}
          copiedLabel={tc('copied')}
          isWhole
          className="!text-ink-2 w-fit !items-start whitespace-pre rounded-md bg-sunken px-3 py-2"
        />
      </Section>
    </div>
  )
}
