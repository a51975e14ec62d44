import { header, type Reply } from '../http/call.ts'
import { uploadOf } from '../http/read-body.ts'
import { isReply } from '../keystone/tokens.ts'
import { empty, refuse, wrongType } from './answers.ts'
import { type At, whyNotChange } from './caller.ts'
import { findImage } from './images.ts'

/** `PUT /v2/images/{id}/file`: an image that waits for its data becomes active. */
export function uploadFile(at: At, id: string): Reply {
  const { cloud, call, caller } = at
  if (header(call, 'content-type') !== 'application/octet-stream') {
    return wrongType(call)
  }
  const image = findImage(at, id)
  if (isReply(image)) return image
  const why = whyNotChange(cloud, caller, image, 'upload_image')
  if (why) return refuse(call, 403, `Not allowed to upload image data for image ${id}`)
  if (image.status !== 'queued') {
    return refuse(call, 409, `Image status transition from ${image.status} to saving is not allowed`)
  }
  if (!image.disk_format || !image.container_format) {
    return refuse(call, 400, 'Properties disk_format, container_format must be set prior to saving data.')
  }
  const upload = call.upload ?? uploadOf(Buffer.alloc(0))
  cloud.images(call.region).change(image, {
    status: 'active',
    size: upload.size,
    virtual_size: image.disk_format === 'raw' && upload.size > 0 ? upload.size : null,
    checksum: upload.md5,
    os_hash_algo: 'sha512',
    os_hash_value: upload.sha512,
    head: upload.head,
    updated_at: cloud.clock.stamp(),
  })
  return empty(call, true)
}

/** `GET /v2/images/{id}/file`: the first bytes as uploaded, the rest of the size filled with zeros up to 1 MiB. */
export function downloadFile(at: At, id: string): Reply {
  const { call, caller } = at
  const image = findImage(at, id)
  if (isReply(image)) return image
  if (image.status === 'deactivated' && !caller.isAdmin) {
    return refuse(call, 403, 'The requested image has been deactivated. Image data download is forbidden.')
  }
  if (image.size === null) return empty(call, false)
  const shown = Buffer.alloc(Math.min(image.size, Math.max(image.head?.length ?? 0, 1024 * 1024)))
  image.head?.copy(shown)
  const headers = {
    'Content-Type': 'application/octet-stream',
    'X-Openstack-Request-Id': call.requestId,
    ...(image.checksum ? { 'Content-MD5': image.checksum } : {}),
  }
  return { status: 200, headers, body: shown }
}
