import { glanceTime } from '../clock.ts'
import type { Cloud } from '../cloud.ts'
import { pyJson } from '../http/py-json.ts'
import type { ImageStore } from '../image-store.ts'
import { imageRow } from '../ims/image-row.ts'
import type { Image, Member } from '../records.ts'
import { shownVisibility } from './membership.ts'

/** An image as the cloud writes it, with the visibility it has in the cloud's model. */
export function imageText(cloud: Cloud, store: ImageStore, image: Image): string {
  const { visibilityModel: model, imageFamily } = cloud.settings
  if (model === 'shared' && imageFamily === 'glance') return store.json(image, imageJson)
  if (imageFamily === 'ims') return pyJson(imageRow(image))
  return imageJson({ ...image, visibility: shownVisibility(model, image) }, model === 'shared')
}

/** Custom properties first, then the base attributes; some of them came with Glance 2.7. */
function imageJson(image: Image, isRecent = true): string {
  return pyJson({
    ...image.properties,
    name: image.name,
    disk_format: image.disk_format,
    container_format: image.container_format,
    visibility: image.visibility,
    size: image.size,
    virtual_size: image.virtual_size,
    status: image.status,
    checksum: image.checksum,
    protected: image.protected,
    min_ram: image.min_ram,
    min_disk: image.min_disk,
    owner: image.owner,
    ...(isRecent
      ? { os_hidden: image.os_hidden, os_hash_algo: image.os_hash_algo, os_hash_value: image.os_hash_value }
      : {}),
    id: image.id,
    created_at: glanceTime(image.created_at),
    updated_at: glanceTime(image.updated_at),
    tags: image.tags,
    self: `/v2/images/${image.id}`,
    file: `/v2/images/${image.id}/file`,
    schema: '/v2/schemas/image',
    ...(image.size === null ? {} : { stores: 'file' }),
  })
}

/** One membership; the newer IMS says of what kind it is. */
export function memberBody(member: Member, withType: boolean): Record<string, unknown> {
  const type = member.type ?? 'project'
  return {
    member_id: member.memberId,
    image_id: member.imageId,
    status: member.status,
    created_at: glanceTime(member.createdAt),
    updated_at: glanceTime(member.updatedAt),
    schema: '/v2/schemas/member',
    ...(withType ? { member_type: type } : {}),
    ...(withType && type === 'organization' ? { urn: `urn:fake:organizations::${member.memberId}` } : {}),
  }
}

/** One membership as Glance writes it. */
export function memberJson(member: Member, withType = false): string {
  return pyJson(memberBody(member, withType))
}

/** All memberships of an image. */
export function membersJson(members: Iterable<Member>, withType = false): string {
  const list = [...members].map((member) => memberJson(member, withType)).join(', ')
  return `{"members": [${list}], "schema": "/v2/schemas/members"}`
}
