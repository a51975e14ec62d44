'use client'
import { useDeferredValue, useMemo } from 'react'
import { useUrlState } from '@/components/layout/use-url-state'
import type { ImageMembers, ImageSummary } from '@/lib/contracts/images'
import {
  filterImages,
  type ImageFilter,
  type ImageSortKey,
  readSort,
  sortImages,
} from '@/lib/util/owned-images'

const defaults = {
  q: '',
  os: '',
  visibility: '',
  status: '',
  hidden: '',
  sharing: '',
  to: '',
  sort: '-updated',
}
const nothing = { q: '', os: '', visibility: '', status: '', hidden: '', sharing: '', to: '' }

/** Search, filters and order of the images screen, as the address has them. */
export function useImageFilter() {
  const [{ sort, ...filter }, set] = useUrlState(defaults)
  return {
    filter: filter satisfies ImageFilter,
    sort,
    setFilter: (changes: Partial<ImageFilter>) => set(changes),
    clear: () => set(nothing),
    /** A second click on the same column turns the order round. Dates and sizes start with the largest. */
    sortBy: (key: ImageSortKey) => {
      const now = readSort(sort)
      const startsDescending = key === 'updated' || key === 'size'
      const descending = now.key === key ? !now.descending : startsDescending
      set({ sort: `${descending ? '-' : ''}${key}` })
    },
  }
}

/** The rows that fit, in order. Thousands of them may lag behind the typing; the field never does. */
export function useShownImages(
  images: readonly ImageSummary[],
  filter: ImageFilter,
  sort: string,
  known: ReadonlyMap<string, ImageMembers>,
): ImageSummary[] {
  const { q, os, visibility, status, hidden, sharing, to } = filter
  const stable = useMemo(
    () => ({ q, os, visibility, status, hidden, sharing, to }),
    [q, os, visibility, status, hidden, sharing, to],
  )
  const late = useDeferredValue(stable)
  const sorted = useMemo(() => sortImages(images, sort), [images, sort])
  return useMemo(() => filterImages(sorted, late, known), [sorted, late, known])
}
