'use client'
import { useTranslations } from 'use-intl'
import { Notice } from '@/components/feedback/notice'
import { Section } from '@/components/layout/section'
import { UntrustedText } from '@/components/ui/untrusted-text'
import type { ImageSummary } from '@/lib/contracts/images'

const kinds = ['encrypted', 'full_server'] as const
const shownNames = 6

/** Chosen images that the cloud may refuse, or that ask something of their recipients. They are sent all the same. */
export function Cautions({ images }: { images: readonly ImageSummary[] }) {
  const t = useTranslations('share.cautions')
  const found = kinds.map((kind) => ({
    kind,
    images: images.filter(({ cautions }) => cautions.includes(kind)),
  }))
  if (found.every((one) => one.images.length === 0)) return null
  return (
    <Section title={t('heading')}>
      {found.map(({ kind, images: some }) =>
        some.length === 0 ? null : (
          <Notice key={kind} tone="warning">
            {t(kind, { count: some.length })}
            <ul className="mt-1 flex flex-wrap gap-x-3 font-semibold">
              {some.slice(0, shownNames).map(({ id, name }) => (
                <li key={id}>
                  <UntrustedText text={name} max={48} />
                </li>
              ))}
              {some.length > shownNames && <li>{t('more', { count: some.length - shownNames })}</li>}
            </ul>
          </Notice>
        ),
      )}
    </Section>
  )
}
