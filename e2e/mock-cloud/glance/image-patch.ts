import type { Cloud } from '../cloud.ts'
import { type Call, header, type Reply } from '../http/call.ts'
import { isReply } from '../keystone/tokens.ts'
import type { Image } from '../records.ts'
import { ok, refuse, wrongType } from './answers.ts'
import { readJson } from './body.ts'
import { type At, type Caller, whyNotChange } from './caller.ts'
import { faultIn, READ_ONLY, SETTABLE } from './image-fields.ts'
import { findImage, mayNotPublish } from './images.ts'
import { imageText } from './views.ts'

const PATCH_TYPE = 'application/openstack-images-v2.1-json-patch'

type Change = { op: 'add' | 'replace' | 'remove'; name: string; value: unknown }

/** `PATCH /v2/images/{id}` with a JSON patch of version 2.1; each path names one attribute or property. */
export function patchImage(at: At, id: string): Reply {
  const { cloud, call, caller } = at
  if ((header(call, 'content-type') ?? '').split(';')[0] !== PATCH_TYPE) {
    const reply = wrongType(call)
    reply.headers['Accept-Patch'] = `application/openstack-images-v2.0-json-patch, ${PATCH_TYPE}`
    return reply
  }
  const read = readJson(call)
  if (isReply(read)) return read
  if (!Array.isArray(read.value))
    return refuse(call, 400, 'Request body must be a JSON array of operation objects.')
  const changes: Change[] = []
  for (const sent of read.value as unknown[]) {
    const change = readChange(cloud, call, sent)
    if (isReply(change)) return change
    changes.push(change)
  }
  const image = findImage(at, id)
  if (isReply(image)) return image
  const wanted = { ...image, properties: { ...image.properties } }
  for (const change of changes) {
    const refused = mayNot(cloud, call, caller, image, change) ?? apply(call, wanted, change)
    if (refused) return refused
  }
  const store = cloud.images(call.region)
  if (changes.length > 0) store.change(image, { ...wanted, updated_at: cloud.clock.stamp() })
  return { ...ok(call, imageText(cloud, store, image)), changed: changes.length > 0 }
}

function readChange(cloud: Cloud, call: Call, sent: unknown): Change | Reply {
  if (typeof sent !== 'object' || sent === null || Array.isArray(sent)) {
    return refuse(call, 400, 'Operations must be JSON objects.')
  }
  const { op, path, value } = sent as { op?: unknown; path?: unknown; value?: unknown }
  const choices = 'It must be one of the following: add, remove, replace.'
  if (op === undefined) return refuse(call, 400, `Unable to find \`op\` in JSON Schema change. ${choices}`)
  if (op !== 'add' && op !== 'replace' && op !== 'remove') {
    return refuse(call, 400, `Invalid operation: \`${String(op)}\`. ${choices}`)
  }
  if (typeof path !== 'string') return refuse(call, 400, "Unable to find 'path' in JSON Schema change")
  if (!path.startsWith('/')) return refuse(call, 400, `Pointer \`${path}\` does not start with "/".`)
  const name = path.slice(1).replaceAll('~1', '\u0001').replaceAll('~0', '~')
  if (name.includes('/')) return refuse(call, 400, `Invalid JSON pointer for this resource: '${path}'`)
  const plain = name.replaceAll('\u0001', '/')
  if (op !== 'remove' && !('value' in sent))
    return refuse(call, 400, `Operation "${op}" requires a member named "value".`)
  const isFixed = plain === 'visibility' && cloud.settings.imageFamily === 'ims'
  if (isFixed || READ_ONLY.includes(plain)) return refuse(call, 403, `Attribute '${plain}' is read-only.`)
  const fault = op === 'remove' ? null : faultIn(plain, value, cloud.settings.visibilityModel)
  return fault ? refuse(call, 400, fault) : { op, name: plain, value }
}

function mayNot(cloud: Cloud, call: Call, caller: Caller, image: Image, change: Change): Reply | null {
  if (change.name === 'owner' && change.op !== 'remove' && !caller.isAdmin) {
    return change.op === 'add'
      ? refuse(call, 403, `Forbidding request, image ${image.id} not visible`)
      : refuse(call, 403, 'Access was denied to this resource.', "Owner can't be updated by non admin.")
  }
  const published = change.name === 'visibility' ? mayNotPublish(call, caller, change.value) : null
  if (published) return published
  const why = whyNotChange(cloud, caller, image, 'modify_image')
  return why ? refuse(call, 403, why) : null
}

function apply(call: Call, image: Image, { op, name, value }: Change): Reply | null {
  const isBase = SETTABLE.some((known) => known === name)
  if (op !== 'add' && !isBase && !Object.hasOwn(image.properties, name)) {
    return refuse(
      call,
      409,
      'There was a conflict when trying to complete your request.',
      `Property ${name} does not exist.`,
    )
  }
  if (op === 'remove') {
    if (isBase)
      return refuse(call, 403, 'Access was denied to this resource.', `Property ${name} may not be removed.`)
    delete image.properties[name]
  } else if (isBase)
    Object.assign(image, { [name]: name === 'tags' ? [...new Set(value as string[])] : value })
  else image.properties[name] = value as string
  return null
}
