import 'server-only'
import type { GlanceImage, ImageAccess } from './glance'
import { limits } from './limits'

/**
 * Which images: the access's project's own, those that others share with it, by its answer, or with an administrator's
 * token everybody's of a visibility (Glance 2.5 and later).
 */
export type ImageList =
  | { of: 'own' }
  | { of: 'offered'; status: 'pending' | 'accepted' | 'rejected' | 'any' }
  | { of: 'cloud'; visibility: 'shared' | 'public' | 'community' | 'all' }

export interface ImageQuery {
  list: ImageList
  /** Hidden images stand in a list of their own. */
  hidden: boolean
  /** Only this one of them. */
  id?: string
  marker?: string
  /** Images on a page of Glance's, at most; `limits.pageSize` when left out. */
  size?: number
}

export interface UpstreamPage {
  images: GlanceImage[]
  /** Marker for the next page, or null. Only the marker is taken from the cloud's link, never the link. */
  next: string | null
  /** There is more, but the link to it leads nowhere new: it names no marker, or this very page again. */
  broken: boolean
}

/** One way of a cloud to list images. */
export interface ImageSource {
  readPage(access: ImageAccess, query: ImageQuery): Promise<UpstreamPage>
  /** @throws CloudError `image_not_found` */
  readOne(access: ImageAccess, imageId: string): Promise<GlanceImage>
  /** Those among the list that have one of the ids, hidden ones too. May answer more than was asked for. */
  readSome(access: ImageAccess, ids: readonly string[], of: ImageList['of']): Promise<GlanceImage[]>
}

/** The marker in the query of a link. */
export const markerIn = (link: string) => new URLSearchParams(link.split('?')[1] ?? '').get('marker')

/**
 * Follows pages, at most `limits.pages`, until `enough` says so. Images that move between pages while reading come once.
 */
export async function followPages(
  readPage: (marker: string | undefined) => Promise<UpstreamPage>,
  enough: (count: number) => boolean = () => false,
): Promise<{ images: GlanceImage[]; truncated: boolean }> {
  const found = new Map<string, GlanceImage>()
  let marker: string | undefined
  for (let page = 0; page < limits.pages; page += 1) {
    const { images, next, broken } = await readPage(marker)
    const before = found.size
    for (const image of images) found.set(image.id, image)
    if (next === null) return { images: [...found.values()], truncated: broken }
    if (enough(found.size)) break
    // The same page again under another marker: stop instead of asking for ever.
    if (images.length > 0 && found.size === before) break
    marker = next
  }
  return { images: [...found.values()], truncated: true }
}
