'use client'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { ImageStatus } from '@/components/feedback/image-status'
import { type Fact, FactList, Section } from '@/components/layout/section'
import { Button } from '@/components/ui/button'
import { RelativeTime } from '@/components/ui/relative-time'
import { UntrustedText } from '@/components/ui/untrusted-text'
import type { ImageDetail } from '@/lib/contracts/images'
import { formatBytes } from '@/lib/util/format-bytes'
import { plainUntrusted } from '@/lib/util/untrusted-text'
import { HashFacts } from './hash-facts'

/** As many as fit beside the members; the rest comes on demand. */
const firstProperties = 8

/** What the image is, beside its members. */
export function ImageFacts({ image }: { image: ImageDetail }) {
  const t = useTranslations('image.facts')
  return (
    <div className="flex flex-col gap-6 border-line [--facts-label:7rem] bg-canvas p-4 max-lg:border-t md:px-5 md:py-5 lg:w-96 lg:flex-none lg:border-l">
      <Section title={t('heading')}>
        <FactList facts={useFacts(image)} />
      </Section>
      <HashFacts image={image} />
      <Stated image={image} />
    </div>
  )
}

function useFacts(image: ImageDetail): Fact[] {
  const t = useTranslations('image.facts')
  const tv = useTranslations('common.visibility')
  const formats = [image.diskFormat, image.containerFormat].filter((format) => format !== null)
  const virtual = formatBytes(image.virtualSizeBytes)
  const minimum = (count: number, unit: 'gigabytes' | 'megabytes') =>
    count > 0 ? t(unit, { count }) : t('noMinimum')
  const facts: (Fact | null)[] = [
    { key: 'status', label: t('status'), value: <ImageStatus status={image.status} /> },
    {
      key: 'os',
      label: t('os'),
      value: image.os === null ? t('osUnknown') : <UntrustedText text={image.os} />,
    },
    { key: 'size', label: t('size'), value: formatBytes(image.sizeBytes) ?? t('noSize') },
    virtual === null ? null : { key: 'virtual', label: t('virtualSize'), value: virtual },
    {
      key: 'format',
      label: t('format'),
      value: formats.length === 0 ? t('noFormat') : <UntrustedText text={formats.join(' · ')} />,
    },
    { key: 'disk', label: t('minDisk'), value: minimum(image.minDiskGb, 'gigabytes') },
    { key: 'ram', label: t('minRam'), value: minimum(image.minRamMb, 'megabytes') },
    { key: 'visibility', label: t('visibility'), value: tv(image.visibility) },
    { key: 'hidden', label: t('hidden'), value: t(image.hidden ? 'hiddenYes' : 'no') },
    { key: 'protected', label: t('protected'), value: t(image.protected ? 'protectedYes' : 'no') },
    {
      key: 'tags',
      label: t('tags'),
      value:
        image.tags.length === 0
          ? t('noTags')
          : image.tags.map((tag) => <UntrustedText key={tag} text={tag} className="mr-2 inline-block" />),
    },
    { key: 'created', label: t('created'), value: <RelativeTime at={image.createdAt} /> },
    { key: 'updated', label: t('updated'), value: <RelativeTime at={image.updatedAt} /> },
  ]
  return facts.filter((fact) => fact !== null)
}

/** Free text of the owner: shown as such. */
function Stated({ image }: { image: ImageDetail }) {
  const t = useTranslations('image.facts')
  const [isWhole, setWhole] = useState(false)
  if (image.properties.length === 0) return null
  const shown = isWhole ? image.properties : image.properties.slice(0, firstProperties)
  const rest = image.properties.length - shown.length
  return (
    <Section title={t('stated')}>
      <p className="text-ink-3 text-sm">{t('statedHint')}</p>
      <FactList
        facts={shown.map(({ key, value }) => ({
          key,
          label: plainUntrusted(key, 40),
          value: <UntrustedText text={value} max={200} />,
        }))}
        className="[&_dd]:break-all [&_dt]:break-all"
      />
      {rest > 0 && (
        <Button size="sm" variant="link" className="self-start" onClick={() => setWhole(true)}>
          {t('more', { count: rest })}
        </Button>
      )}
    </Section>
  )
}
