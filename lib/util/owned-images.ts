import type { ImageMembers, ImageSummary } from '../contracts/images'
import { canHaveMembers, countMembers } from './sharing'

export const sharingFilters = ['shared', 'unshared', 'pending', 'rejected'] as const

/** What the address of the images screen can say. An empty text is "any". */
export interface ImageFilter {
  /** Part of a name, id or tag. */
  q: string
  os: string
  visibility: string
  status: string
  /** `yes`: hidden ones only, `no`: without them. */
  hidden: string
  /** One of `sharingFilters`. */
  sharing: string
  /** Part of the id or name of a project the image is shared with. */
  to: string
}

export const imageSortKeys = ['name', 'os', 'size', 'visibility', 'updated'] as const
export type ImageSortKey = (typeof imageSortKeys)[number]

/** Whether the answer depends on members, so that all of them have to be read. */
export function needsMembers(filter: ImageFilter): boolean {
  return filter.sharing !== '' || filter.to.trim() !== ''
}

/** Whether anything is narrowed down at all. */
export function isFiltered(filter: ImageFilter): boolean {
  return Object.values(filter).some((value) => value.trim() !== '')
}

/** The images that fit. One whose members are unread does not fit a filter on members, until they are read. */
export function filterImages(
  images: readonly ImageSummary[],
  filter: ImageFilter,
  known: ReadonlyMap<string, ImageMembers>,
): ImageSummary[] {
  const q = filter.q.trim().toLowerCase()
  const to = filter.to.trim().toLowerCase()
  return images.filter(
    (image) =>
      (q === '' || matchesText(image, q)) &&
      (filter.os === '' || image.os === filter.os) &&
      (filter.visibility === '' || image.visibility === filter.visibility) &&
      (filter.status === '' || image.status === filter.status) &&
      (filter.hidden === '' || image.hidden === (filter.hidden === 'yes')) &&
      (filter.sharing === '' || matchesSharing(image, filter.sharing, known.get(image.id))) &&
      (to === '' || matchesRecipient(known.get(image.id), to)),
  )
}

function matchesText(image: ImageSummary, q: string): boolean {
  return (
    image.name.toLowerCase().includes(q) ||
    image.id.includes(q) ||
    image.tags.some((tag) => tag.toLowerCase().includes(q))
  )
}

function matchesSharing(image: ImageSummary, sharing: string, known: ImageMembers | undefined): boolean {
  if (!canHaveMembers(image)) return sharing === 'unshared'
  if (!known) return false
  // Not allowed to look is neither shared nor unshared.
  if (known.refused !== null && known.refused !== 'not_shareable') return false
  const counts = countMembers(known.members)
  if (sharing === 'shared') return counts.total > 0
  if (sharing === 'unshared') return counts.total === 0
  return sharing === 'pending' ? counts.pending > 0 : sharing === 'rejected' && counts.rejected > 0
}

function matchesRecipient(known: ImageMembers | undefined, to: string): boolean {
  return (
    known?.members.some(
      ({ project, projectName }) =>
        project.toLowerCase().includes(to) || projectName?.toLowerCase().includes(to) === true,
    ) ?? false
  )
}

/** Sort order of the address: a key, with `-` before it for descending. What is not known means newest first. */
export function readSort(text: string): { key: ImageSortKey; descending: boolean } {
  const descending = text.startsWith('-')
  const key = imageSortKeys.find((one) => one === text.replace(/^-/, ''))
  return key ? { key, descending } : { key: 'updated', descending: true }
}

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

const compare: Record<ImageSortKey, (a: ImageSummary, b: ImageSummary) => number> = {
  name: (a, b) => collator.compare(a.name, b.name),
  os: (a, b) => collator.compare(a.os ?? '', b.os ?? ''),
  size: (a, b) => (a.sizeBytes ?? -1) - (b.sizeBytes ?? -1),
  visibility: (a, b) => collator.compare(a.visibility, b.visibility),
  updated: (a, b) => Date.parse(a.updatedAt) - Date.parse(b.updatedAt),
}

/** A sorted copy. Equal rows stand in the order of their ids, so that arriving pages never swap them. */
export function sortImages(images: readonly ImageSummary[], sort: string): ImageSummary[] {
  const { key, descending } = readSort(sort)
  const sign = descending ? -1 : 1
  return [...images].sort((a, b) => sign * compare[key](a, b) || (a.id < b.id ? -1 : 1))
}

/** The distinct values of a fact, for the choices of a filter, each with how often it occurs. */
export function facetOf(
  images: readonly ImageSummary[],
  fact: (image: ImageSummary) => string | null,
): { value: string; count: number }[] {
  const counts = new Map<string, number>()
  for (const image of images) {
    const value = fact(image)
    if (value) counts.set(value, (counts.get(value) ?? 0) + 1)
  }
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => collator.compare(a.value, b.value))
}
