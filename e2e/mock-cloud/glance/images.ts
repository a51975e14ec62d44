import type { Cloud } from '../cloud.ts'
import type { Call, Reply } from '../http/call.ts'
import { pyRepr } from '../http/py-json.ts'
import { newImageId } from '../ids.ts'
import { isReply } from '../keystone/tokens.ts'
import type { Image, Visibility } from '../records.ts'
import { empty, ok, refuse, serverError } from './answers.ts'
import { noBody, readJson } from './body.ts'
import { type At, type Caller, canSee, whyNotChange } from './caller.ts'
import { faultIn, READ_ONLY, SCHEMA_FAULT, SETTABLE, type Settable } from './image-fields.ts'
import { imageText } from './views.ts'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** The image, or the 404 that hides it. */
export function findImage({ cloud, call, caller }: At, id: string): Image | Reply {
  const image = cloud.images(call.region).images.get(id)
  return image && canSee(cloud, caller, image) ? image : refuse(call, 404, `No image found with ID ${id}`)
}

/** `GET /v2/images/{id}` */
export function showImage(at: At, id: string): Reply {
  const { cloud, call } = at
  const image = findImage(at, id)
  return isReply(image) ? image : ok(call, imageText(cloud, cloud.images(call.region), image))
}

/** `POST /v2/images`: owner and visibility default to the token's project and `shared`; before Glance 2.5, `private`. */
export function createImage(at: At): Reply {
  const { cloud, call, caller } = at
  const read = readJson(call)
  if (isReply(read)) return read
  if (Array.isArray(read.value)) return serverError(call)
  const sent = read.value as Record<string, unknown>
  for (const [name, value] of Object.entries(sent)) {
    if (name === 'id') {
      const isUuid = typeof value === 'string' && UUID.test(value)
      if (!isUuid)
        return refuse(call, 400, `${SCHEMA_FAULT}: ${pyRepr(value)} does not match the pattern of an id`)
      continue
    }
    if (READ_ONLY.includes(name)) return refuse(call, 403, `Attribute '${name}' is read-only.`)
    const fault = faultIn(name, value, cloud.settings.visibilityModel)
    if (fault) return refuse(call, 400, fault)
  }
  const refused = mayNotCreate(cloud, call, caller, sent)
  if (refused) return refused
  const store = cloud.images(call.region)
  const id = typeof sent.id === 'string' ? sent.id : newImageId()
  if (store.images.has(id)) return refuse(call, 409, `Image ID ${id} already exists!`)
  const image = newImage(cloud, id, caller.projectId, sent)
  store.add(image)
  const reply = ok(call, imageText(cloud, store, image), 201)
  reply.headers.Location = `${cloud.addresses.image}/v2/images/${id}`
  reply.headers['OpenStack-image-import-methods'] = 'glance-direct,web-download,copy-image'
  reply.headers['OpenStack-image-store-ids'] = 'file'
  return { ...reply, changed: true }
}

function mayNotCreate(cloud: Cloud, call: Call, caller: Caller, sent: Record<string, unknown>): Reply | null {
  if (caller.isAdmin) return null
  const { secureRbac } = cloud.settings
  if (secureRbac && (!caller.roles.includes('member') || caller.projectId === null)) {
    return refuse(call, 403, 'You are not authorized to complete add_image action.')
  }
  if ('owner' in sent && sent.owner !== caller.projectId) {
    const owner = pyRepr(sent.owner).replace(/^'|'$/g, '')
    const foreign = `You are not permitted to create images owned by '${owner}'`
    if (secureRbac) return refuse(call, 403, 'Access was denied to this resource.', foreign)
    return refuse(call, 403, `${foreign}.`)
  }
  return mayNotPublish(call, caller, sent.visibility)
}

/** By default only admins make images public. */
export function mayNotPublish(call: Call, caller: Caller, visibility: unknown): Reply | null {
  const denied = visibility === 'public' && !caller.isAdmin
  return denied ? refuse(call, 403, 'You are not authorized to complete publicize_image action.') : null
}

function newImage(cloud: Cloud, id: string, projectId: string | null, sent: Record<string, unknown>): Image {
  const now = cloud.clock.stamp()
  const given = Object.fromEntries(Object.entries(sent).filter(([name]) => isBase(name))) as Settable
  const own = Object.entries(sent).filter(([name]) => name !== 'id' && !isBase(name))
  return {
    id,
    name: null,
    disk_format: null,
    container_format: null,
    visibility: (cloud.settings.visibilityModel === 'shared' ? 'shared' : 'private') satisfies Visibility,
    size: null,
    virtual_size: null,
    status: 'queued',
    checksum: null,
    protected: false,
    min_ram: 0,
    min_disk: 0,
    owner: projectId,
    os_hidden: false,
    os_hash_algo: null,
    os_hash_value: null,
    created_at: now,
    updated_at: now,
    ...given,
    tags: [...new Set(given.tags ?? [])],
    properties: Object.fromEntries(own) as Record<string, string>,
    ims: {},
    head: null,
    members: new Map(),
  }
}

function isBase(name: string): boolean {
  return SETTABLE.some((known) => known === name)
}

/** `DELETE /v2/images/{id}`: its memberships go with it. */
export function deleteImage(at: At, id: string): Reply {
  const { cloud, call, caller } = at
  const refused = noBody(call)
  if (refused) return refused
  const store = cloud.images(call.region)
  const image = store.images.get(id)
  if (!image || !canSee(cloud, caller, image))
    return refuse(call, 404, `Failed to find image ${id} to delete`)
  const why = whyNotChange(cloud, caller, image, 'delete_image')
  if (why) return refuse(call, 403, why)
  if (image.protected) return refuse(call, 403, `Image ${id} is protected and cannot be deleted.`)
  store.remove(image)
  return empty(call, true, null)
}

/** `POST /v2/images/{id}/actions/{deactivate|reactivate}` */
export function switchImage(at: At, id: string, action: string): Reply {
  const { cloud, call, caller } = at
  const image = noBody(call) ?? findImage(at, id)
  if (isReply(image)) return image
  const why = whyNotChange(cloud, caller, image, action)
  if (why) return refuse(call, 403, why)
  const [from, to] = action === 'deactivate' ? ['active', 'deactivated'] : ['deactivated', 'active']
  if (image.status !== from && image.status !== to) {
    return refuse(call, 403, `Not allowed to ${action} image in status '${image.status}'`)
  }
  const changed = image.status === from
  if (changed) cloud.images(call.region).change(image, { status: to, updated_at: cloud.clock.stamp() })
  return empty(call, changed)
}
