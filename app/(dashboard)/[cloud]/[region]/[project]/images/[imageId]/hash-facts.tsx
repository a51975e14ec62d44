'use client'
import { useTranslations } from 'use-intl'
import { type Fact, FactList, Section } from '@/components/layout/section'
import { CopyText } from '@/components/ui/copy-text'
import type { ImageDetail } from '@/lib/contracts/images'
import { plainUntrusted } from '@/lib/util/untrusted-text'

/** Both ends are what people compare; the whole is copied. */
const shownEnds = 10

/** What the data can be checked by. */
export function HashFacts({ image }: { image: ImageDetail }) {
  const t = useTranslations('image.facts')
  const tc = useTranslations('common')
  const hash = (key: string, label: string, value: string): Fact => ({
    key,
    label,
    value: (
      <CopyText
        text={value}
        shown={
          value.length > 2 * shownEnds ? `${value.slice(0, shownEnds)}…${value.slice(-shownEnds)}` : value
        }
        label={t('copy', { what: label })}
        copiedLabel={tc('copied')}
        className="!text-ink"
      />
    ),
  })
  const facts: Fact[] = []
  if (image.hashValue !== null) {
    facts.push(hash('hash', t('hash', { algo: plainUntrusted(image.hashAlgo ?? '?', 16) }), image.hashValue))
  }
  if (image.checksum !== null) facts.push(hash('checksum', t('checksum'), image.checksum))
  return (
    <Section title={t('hashLabel')}>
      {facts.length === 0 ? <p className="text-ink-3">{t('hashNone')}</p> : <FactList facts={facts} />}
    </Section>
  )
}
