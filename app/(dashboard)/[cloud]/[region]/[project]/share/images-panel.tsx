'use client'
import { useQueryClient } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Notice } from '@/components/feedback/notice'
import { Section } from '@/components/layout/section'
import { Button } from '@/components/ui/button'
import { RemovableChip } from '@/components/ui/chip'
import { Spinner } from '@/components/ui/spinner'
import { UntrustedText } from '@/components/ui/untrusted-text'
import type { Scope } from '@/lib/contracts/scope'
import { images } from '@/lib/queries/images'
import { plainUntrusted } from '@/lib/util/untrusted-text'
import type { Composer } from './use-composer'

const ImagePicker = dynamic(() => import('./image-picker').then((module) => module.ImagePicker), {
  ssr: false,
})

/** The chosen images, and the way to more. */
export function ImagesPanel({ scope, composer }: { scope: Scope; composer: Composer }) {
  const t = useTranslations('share.images')
  const client = useQueryClient()
  const [isPicking, setPicking] = useState(false)
  const { images: chosen, missing } = composer
  return (
    <Section
      title={t('heading')}
      actions={
        <Button
          size="sm"
          onPointerEnter={() => void client.prefetchInfiniteQuery(images.pages(scope, false))}
          onClick={() => setPicking(true)}
        >
          <Plus className="size-3.5" />
          {t('add')}
        </Button>
      }
    >
      {!!composer.isLoadingImages && <Spinner className="text-ink-3" />}
      {!composer.isLoadingImages && chosen.length === 0 && <p className="text-ink-3">{t('empty')}</p>}
      <ul aria-label={t('list')} className="flex max-h-44 flex-wrap gap-1.5 overflow-y-auto empty:hidden">
        {chosen.map((image) => (
          <li key={image.id} className="max-w-full">
            <RemovableChip
              removeLabel={t('remove', { name: plainUntrusted(image.name) })}
              onRemove={() => composer.removeImages([image.id])}
            >
              <UntrustedText text={image.name} max={40} />
            </RemovableChip>
          </li>
        ))}
      </ul>
      {missing.length > 0 && (
        <Notice
          tone="warning"
          actions={
            <Button size="sm" onClick={() => composer.removeImages(missing)}>
              {t('forget')}
            </Button>
          }
        >
          {t('missing', { count: missing.length })}
        </Notice>
      )}
      {!!isPicking && (
        <ImagePicker
          scope={scope}
          present={chosen.map((image) => image.id)}
          onAdd={composer.addImages}
          onClose={() => setPicking(false)}
        />
      )}
    </Section>
  )
}
