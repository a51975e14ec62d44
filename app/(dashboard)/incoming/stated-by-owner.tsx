'use client'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { type Fact, FactList } from '@/components/layout/section'
import { Button } from '@/components/ui/button'
import { UntrustedText } from '@/components/ui/untrusted-text'
import type { ImageDetail } from '@/lib/contracts/images'

const shownProperties = 6

/** What the owner wrote on the image. Nobody has checked it, and the words say so. */
export function StatedByOwner({ image }: { image: ImageDetail }) {
  const t = useTranslations('incoming.card')
  const [isAll, setAll] = useState(false)
  const shown = isAll ? image.properties : image.properties.slice(0, shownProperties)
  const isSigned = image.properties.some(({ key }) => key.startsWith('img_signature'))
  const facts: Fact[] = [
    { key: 'name', label: t('name'), value: <UntrustedText text={image.name} /> },
    { key: 'os', label: t('os'), value: image.os ? <UntrustedText text={image.os} /> : t('notSaid') },
    {
      key: 'tags',
      label: t('tags'),
      value: image.tags.length > 0 ? <Tags tags={image.tags} /> : t('noTags'),
    },
    ...shown.map(({ key, value }) => ({
      key: `property ${key}`,
      label: <UntrustedText text={key} max={32} className="break-all" />,
      value: <UntrustedText text={value} className="break-all" />,
    })),
  ]
  return (
    <>
      <p className="text-ink-3 text-sm">{t('statedHint')}</p>
      <FactList facts={facts} />
      {isSigned && <p className="text-ink-2 text-sm">{t('signature')}</p>}
      {!isAll && image.properties.length > shownProperties && (
        <Button size="sm" variant="link" className="self-start" onClick={() => setAll(true)}>
          {t('moreProperties', { count: image.properties.length - shownProperties })}
        </Button>
      )}
    </>
  )
}

function Tags({ tags }: { tags: readonly string[] }) {
  return (
    <span className="flex flex-wrap gap-x-2">
      {tags.map((tag) => (
        <UntrustedText key={tag} text={tag} max={32} />
      ))}
    </span>
  )
}
