'use client'
import Link from 'next/link'
import { useTranslations } from 'use-intl'
import { ImageStatus } from '@/components/feedback/image-status'
import { NameCell } from '@/components/table/name-cell'
import { Badge } from '@/components/ui/badge'
import { CopyText } from '@/components/ui/copy-text'
import { UntrustedText } from '@/components/ui/untrusted-text'
import type { ImageSummary } from '@/lib/contracts/images'
import { paths } from '@/lib/paths'
import { formatBytes } from '@/lib/util/format-bytes'
import { plainUntrusted } from '@/lib/util/untrusted-text'
import { useImagesContext } from './images-context'

/** From so many characters on a name may be cut. */
const longName = 32

/** Name and what is unusual about the image, over its id. */
export function ImageName({ image }: { image: ImageSummary }) {
  const t = useTranslations('images')
  const tc = useTranslations('common')
  const { scope } = useImagesContext()
  return (
    <NameCell detail={<CopyText text={image.id} label={t('copyId')} copiedLabel={tc('copied')} />}>
      <span className="flex min-w-0 items-center gap-x-1.5 @max-2xl:flex-wrap">
        <Link
          href={paths.image(scope, image.id)}
          prefetch={false}
          title={image.name.length > longName ? plainUntrusted(image.name) : undefined}
          className="min-w-0 truncate @max-2xl:whitespace-normal hover:underline"
        >
          {image.name === '' ? (
            <span className="text-ink-3">{t('unnamed')}</span>
          ) : (
            <UntrustedText text={image.name} />
          )}
        </Link>
        <ImageStatus status={image.status} isQuietWhenActive />
        {image.hidden ? <Badge className="flex-none">{t('hidden')}</Badge> : null}
        {image.cautions.map((caution) => (
          <Badge key={caution} className="flex-none">
            {tc(`cautions.${caution}`)}
          </Badge>
        ))}
      </span>
    </NameCell>
  )
}

export function System({ image }: { image: ImageSummary }) {
  return image.os === null ? null : <UntrustedText text={image.os} max={32} className="text-ink-2" />
}

/** How large, over the formats. */
export function Size({ image }: { image: ImageSummary }) {
  const t = useTranslations('images')
  const formats = [image.diskFormat, image.containerFormat].filter((format) => format !== null)
  return (
    <span className="@2xl:flex @2xl:flex-col">
      <span className="whitespace-nowrap text-ink-2">{formatBytes(image.sizeBytes) ?? t('noSize')}</span>
      <span className="truncate text-ink-3 text-xs @max-2xl:hidden">
        {formats.length === 0 ? t('noFormat') : <UntrustedText text={formats.join(' · ')} max={24} />}
      </span>
    </span>
  )
}

export function Visibility({ image }: { image: ImageSummary }) {
  const t = useTranslations('common.visibility')
  return <span className="text-ink-2">{t(image.visibility)}</span>
}
