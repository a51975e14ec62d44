'use client'
import { useTranslations } from 'use-intl'
import type { ImageSummary } from '@/lib/contracts/images'
import type { Scope } from '@/lib/contracts/scope'
import { useOwnedImages } from '@/lib/queries/use-images'
import { filterImages, type ImageFilter, sortImages } from '@/lib/util/owned-images'
import { refuseImage } from '@/lib/util/share-plan'
import { PickDialog } from './pick-dialog'

const everything: ImageFilter = { q: '', os: '', visibility: '', status: '', hidden: '', sharing: '', to: '' }
const noMembers = new Map<string, never>()

interface ImagePickerProps {
  scope: Scope
  /** Ids that are chosen already; they are left out. */
  present: readonly string[]
  onAdd: (images: ImageSummary[]) => void
  onClose: () => void
}

/** Adds images the project owns. Shareable ones first; the others can be picked too and say why they can't be shared. */
export function ImagePicker({ scope, present, onAdd, onClose }: ImagePickerProps) {
  const t = useTranslations('share')
  const tc = useTranslations('common')
  const owned = useOwnedImages(scope)
  const taken = new Set(present)
  const free = sortImages(
    owned.images.filter((image) => !taken.has(image.id)),
    'name',
  )
  const isRefused = (image: ImageSummary) => refuseImage(image, scope.project) !== null
  const detailOf = (image: ImageSummary) => {
    const reason = refuseImage(image, scope.project)
    if (reason) return t('picker.refused', { reason, visibility: tc(`visibility.${image.visibility}`) })
    const cautions = image.cautions.map((caution) => tc(`cautions.${caution}`))
    return [image.os, ...cautions].filter((part) => part !== null).join(' · ') || null
  }
  const inOrder = [...free.filter((image) => !isRefused(image)), ...free.filter(isRefused)]

  return (
    <PickDialog
      onClose={onClose}
      title={t('picker.title')}
      searchLabel={t('picker.search')}
      listLabel={t('picker.list')}
      find={(q) =>
        filterImages(inOrder, { ...everything, q }, noMembers).map((image) => ({
          id: image.id,
          name: image.name,
          detail: detailOf(image),
        }))
      }
      addLabel={(count) => t('picker.add', { count })}
      nothingTicked={t('picker.nothingTicked')}
      moreLabel={(count) => t('picker.more', { count })}
      emptyLabel={(search) => emptyWords(t, search, owned)}
      note={
        owned.complete
          ? t('picker.complete', { count: free.length })
          : t('picker.atLeast', { count: free.length })
      }
      onAdd={(ids) => onAdd(free.filter((image) => ids.includes(image.id)))}
    />
  )
}

function emptyWords(
  t: ReturnType<typeof useTranslations<'share'>>,
  search: string,
  owned: { complete: boolean; error: Error | null },
): string {
  if (owned.error) return t('picker.failed')
  if (!owned.complete) return t('picker.loading')
  return search === '' ? t('picker.none') : t('picker.noMatch', { search })
}
