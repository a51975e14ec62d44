import type { Cloud } from '../cloud.ts'
import { memberRows } from '../glance/membership.ts'
import type { ImageStore } from '../image-store.ts'
import type { Image, Member, MemberStatus, Project } from '../records.ts'

/** An image as the cloud holds it, with all its members, whatever its visibility. */
export type ImageState = Omit<Image, 'head' | 'members' | 'twins'> & { members: Member[] }

/** Reads an image past the services. */
export function imageState(cloud: Cloud, id: string): ImageState {
  const { image } = find(cloud, id)
  const { head: _head, members: _members, twins: _twins, ...rest } = image
  return { ...rest, members: memberRows(image) }
}

/** Changes fields of an image past the services; null deletes it. */
export function changeImage(cloud: Cloud, id: string, fields: unknown): ImageState | null {
  const { store, image } = find(cloud, id)
  if (fields === null) {
    store.remove(image)
    return null
  }
  store.change(image, { updated_at: cloud.clock.stamp(), ...(fields as Partial<Image>) })
  return imageState(cloud, id)
}

/** Adds a membership or sets its status past the services; null takes a row of it away. */
export function changeMember(cloud: Cloud, imageId: string, memberId: string, sent: unknown): void {
  const { store, image } = find(cloud, imageId)
  if (sent === null) {
    store.removeMember(image, memberId)
    return
  }
  const { status = 'pending' } = sent as { status?: MemberStatus }
  const now = cloud.clock.stamp()
  const createdAt = image.members.get(memberId)?.createdAt ?? now
  store.addMember(image, {
    ...image.members.get(memberId),
    memberId,
    imageId,
    status,
    createdAt,
    updatedAt: now,
  })
}

/** Renames a project, switches it on or off past the identity service; null deletes it, and its images stay. */
export function changeProject(cloud: Cloud, id: string, fields: unknown): void {
  const project = cloud.projects.get(id)
  if (!project) throw new Error(`no project ${id}`)
  if (fields === null) cloud.projects.delete(id)
  else Object.assign(project, fields as Partial<Project>)
}

function find(cloud: Cloud, id: string): { store: ImageStore; image: Image } {
  const store = cloud.storeOf(id)
  const image = store?.images.get(id)
  if (!store || !image) throw new Error(`no image ${id}`)
  return { store, image }
}
