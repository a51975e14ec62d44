import type { Reply } from '../http/call.ts'
import { empty, noSuchResource, refuse } from './answers.ts'
import { noBody } from './body.ts'
import { type At, canSee, whyNotChange } from './caller.ts'

/** `PUT` and `DELETE /v2/images/{id}/tags/{tag}` */
export function changeTag(at: At, id: string, tag: string, on: boolean): Reply {
  const { cloud, call, caller } = at
  const refused = noBody(call)
  if (refused) return refused
  const image = cloud.images(call.region).images.get(id)
  if (!image || !canSee(cloud, caller, image)) return refuse(call, 404, `Image ${id} not found.`)
  const why = whyNotChange(cloud, caller, image, 'modify_image')
  if (why) return refuse(call, 403, why)
  const has = image.tags.includes(tag)
  if (!on && !has) return noSuchResource(call)
  const tags = on ? [...new Set([...image.tags, tag])] : image.tags.filter((own) => own !== tag)
  cloud.images(call.region).change(image, { tags, updated_at: cloud.clock.stamp() })
  return empty(call, has !== on, on ? undefined : null)
}
