import { glanceTime } from '../clock.ts'
import { pyJson } from '../http/py-json.ts'
import type { Image, Member } from '../records.ts'

/** An image as Glance writes it: custom properties first, then the base attributes. */
export function imageJson(image: Image): string {
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
    os_hidden: image.os_hidden,
    os_hash_algo: image.os_hash_algo,
    os_hash_value: image.os_hash_value,
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

/** One membership as Glance writes it. */
export function memberJson(member: Member): string {
  return (
    `{"member_id": ${JSON.stringify(member.memberId)}, "image_id": "${member.imageId}", "status": "${member.status}", ` +
    `"created_at": "${glanceTime(member.createdAt)}", "updated_at": "${glanceTime(member.updatedAt)}", ` +
    '"schema": "/v2/schemas/member"}'
  )
}

/** All memberships of an image. */
export function membersJson(members: Iterable<Member>): string {
  return `{"members": [${[...members].map(memberJson).join(', ')}], "schema": "/v2/schemas/members"}`
}
