import 'server-only'
import { z } from 'zod'
import { CloudError } from './cloud-error'
import type { CloudResponse } from './cloud-http'
import { callGlance, type GlanceImage, type ImageAccess, readAs } from './glance'
import {
  followPages,
  type ImageList,
  type ImageQuery,
  type ImageSource,
  markerIn,
  type UpstreamPage,
} from './image-pages'
import { limits } from './limits'

const answers = ['pending', 'accepted', 'rejected'] as const

/** Numbers come as numbers or as texts; what is neither is not known. */
const Count = z
  .preprocess(
    (value) => (typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value),
    z.number().nullish(),
  )
  .catch(null)
const isTrue = (value: unknown) =>
  value === true || (typeof value === 'string' && value.toLowerCase() === 'true')
const Flag = z.unknown().optional().transform(isTrue)
const Text = z.string().nullish().catch(null)
const Moment = Text.transform((text) => text ?? '')

/** An image as `/v2/cloudimages` lists it (OTC API reference, "Querying images"), in the shape of a Glance image. */
const ImsImage = z
  .looseObject({
    id: z.string(),
    name: Text,
    status: z.string(),
    visibility: Text,
    owner: Text,
    size: Count,
    __image_size: Count,
    virtual_size: Count,
    disk_format: Text,
    container_format: Text,
    min_disk: Count,
    min_ram: Count,
    protected: Flag,
    os_hidden: Flag,
    checksum: Text,
    os_hash_algo: Text,
    os_hash_value: Text,
    tags: z.array(z.string()).nullish().catch(null),
    created_at: Moment,
    updated_at: Moment,
  })
  .transform(
    (row): GlanceImage => ({
      ...row,
      visibility: kindOf(row) === 'gold' ? 'public' : (row.visibility ?? '').toLowerCase(),
      // `size` is always 0 here.
      size: row.__image_size || row.size || null,
    }),
  )

const ImsImageList = z.object({
  images: z.array(ImsImage),
  next: z.string().nullish(),
  page_info: z.object({ next_marker: z.string().nullish() }).nullish(),
})

const kindOf = (image: Record<string, unknown>) =>
  typeof image.__imagetype === 'string' ? image.__imagetype.toLowerCase() : ''

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)

/** What only IMS says of an image, in fields of its own. Not to be read from another cloud: owners may write such fields. */
export interface ImsFacts {
  encrypted: boolean
  fullServer: boolean
  /** Sold in the marketplace. */
  market: boolean
  /** False while it has no data that a server could start from. */
  registered: boolean
  system: string | null
}

export function imsFacts(image: GlanceImage): ImsFacts {
  return {
    encrypted: text(image.__system__cmkid) !== null,
    fullServer: isTrue(image.__whole_image),
    market: kindOf(image) === 'market' || text(image.__productcode) !== null,
    registered: image.__isregistered === undefined || isTrue(image.__isregistered),
    system: text(image.__os_version) ?? text(image.__platform) ?? text(image.__os_type),
  }
}

async function call(
  access: ImageAccess,
  { list, marker, id }: { list: ImageList | null; marker?: string; id?: string },
): Promise<{ response: CloudResponse; page: z.output<typeof ImsImageList> }> {
  const search = new URLSearchParams({ limit: String(limits.pageSize) })
  // No visibility for one's own: an image that has been shared may be missing among the private ones.
  if (list?.of === 'own') search.set('owner', access.projectId)
  if (list?.of === 'offered') {
    search.set('__imagetype', 'shared')
    search.set('visibility', 'shared')
    if (list.status !== 'any') search.set('member_status', list.status)
  }
  if (id !== undefined) search.set('id', id)
  if (marker !== undefined) search.set('marker', marker)
  const response = await callGlance(access, `/cloudimages?${search}`, {
    method: 'GET',
    retry: 'read',
    permission: 'ims:images:list',
    timeoutMs: limits.listMs,
  })
  return { response, page: readAs(ImsImageList, response) }
}

async function readPage(access: ImageAccess, { list, id, marker }: ImageQuery): Promise<UpstreamPage> {
  const { page } = await call(access, { list, id, marker })
  const next = nextOf(page)
  const broken = next === '' || (next !== null && next === marker)
  return { images: page.images, next: broken ? null : next, broken }
}

/**
 * OTC documents no link to the next page: a full page has one, and its last image is the marker. A cloud may cut pages
 * shorter than asked for, so a round number of rows counts as full; at worst that costs one call. Where links or
 * `page_info` come along they are believed. Answers a marker, null at the end, or an empty text for a link without one.
 */
function nextOf({ images, next, page_info }: z.output<typeof ImsImageList>): string | null {
  if (page_info) return page_info.next_marker || null
  if (next) return markerIn(next) ?? ''
  const rows = images.length
  const isFull = rows >= limits.pageSize || rows % 10 === 0 || rows % 25 === 0
  return isFull ? (images.at(-1)?.id ?? null) : null
}

async function readOne(access: ImageAccess, imageId: string): Promise<GlanceImage> {
  const { response, page } = await call(access, { list: null, id: imageId })
  const image = page.images.find(({ id }) => id === imageId)
  if (!image) throw new CloudError('image_not_found', response)
  return image
}

/** The list takes one id only, so several are looked for in the whole of it; few projects have more than a page. */
async function readSome(
  access: ImageAccess,
  ids: readonly string[],
  of: ImageList['of'],
): Promise<GlanceImage[]> {
  const lists: ImageList[] = of === 'offered' ? answers.map((status) => ({ of, status })) : [{ of: 'own' }]
  const [id, ...others] = ids
  if (id === undefined) return []
  const found = await Promise.all(
    lists.map(async (list) => {
      const query = { list, hidden: false, ...(others.length === 0 ? { id } : {}) }
      return (await followPages((marker) => readPage(access, { ...query, marker }))).images
    }),
  )
  return found.flat()
}

/** The image list of OTC, Huawei Cloud and Flexible Engine. It knows no hidden images. */
export const imsImages: ImageSource = { readPage, readOne, readSome }
