import type { Image, Member, Visibility } from '../records.ts'
import type { Settings } from '../settings.ts'

type Model = Settings['visibilityModel']

/** The visibilities a client may set or filter by, `all` aside. */
export const VISIBILITIES: Readonly<Record<Model, readonly Visibility[]>> = {
  shared: ['community', 'public', 'private', 'shared'],
  private: ['public', 'private'],
  any: ['public', 'private', 'shared'],
}

/** What an image of the world is called in this model. Only the newest one keeps what was set, whatever it is. */
export function shownVisibility(model: Model, image: Image): Visibility {
  if (model === 'shared') return image.visibility
  if (image.visibility === 'public' || image.visibility === 'community') return 'public'
  return model === 'any' && image.members.size > 0 ? 'shared' : 'private'
}

/** Whether an image can have members, and the ones it has count. */
export function takesMembers(model: Model, image: Image): boolean {
  return model === 'shared' ? image.visibility === 'shared' : shownVisibility(model, image) !== 'public'
}

/** Every row of a member list; one member can have two of them. */
export function memberRows(image: Image): Member[] {
  return [...image.members.values(), ...(image.twins ?? [])]
}
