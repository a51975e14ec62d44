import { randomUUID } from 'node:crypto'
import { createImage } from '../openstack/admin.ts'
import { type Answered, type Asker, ask } from './ask.ts'
import { expectOk } from './expectations.ts'

export const PATCH_TYPE = 'application/openstack-images-v2.1-json-patch'

export interface MemberBody {
  member_id: string
  image_id: string
  status: string
  created_at: string
  updated_at: string
  schema: string
}

export interface ImagePage {
  images: { id: string; name: string; owner: string; visibility: string; status: string }[]
  first: string
  next?: string
  schema: string
}

/** A new image of the asker's project, named anew each time; its id. */
export function newImage(
  who: Asker,
  visibility: 'shared' | 'private' | 'community' | 'public' = 'shared',
  more: { name?: string; data?: string; properties?: Record<string, unknown> } = {},
): Promise<string> {
  return createImage(who, { name: `contract-${randomUUID()}`, visibility, ...more })
}

/** The id of an image that does not exist. */
export function noImage(): string {
  return randomUUID()
}

/** POST of a member; whatever the value is. */
export function addMember(who: Asker, image: string, member: unknown): Promise<Answered> {
  return ask(who, 'POST', `/v2/images/${image}/members`, { json: { member } })
}

/** GET of all members. */
export function listMembers(who: Asker, image: string): Promise<Answered> {
  return ask(who, 'GET', `/v2/images/${image}/members`)
}

/** GET of one member. */
export function showMember(who: Asker, image: string, member: string): Promise<Answered> {
  return ask(who, 'GET', `/v2/images/${image}/members/${member}`)
}

/** PUT of a status; whatever the value is. */
export function setStatus(who: Asker, image: string, member: string, status: unknown): Promise<Answered> {
  return ask(who, 'PUT', `/v2/images/${image}/members/${member}`, { json: { status } })
}

/** DELETE of a member. */
export function removeMember(who: Asker, image: string, member: string): Promise<Answered> {
  return ask(who, 'DELETE', `/v2/images/${image}/members/${member}`)
}

/** Replaces one attribute of an image. */
export function patch(who: Asker, image: string, attribute: string, value: unknown): Promise<Answered> {
  const json = [{ op: 'replace', path: `/${attribute}`, value }]
  return ask(who, 'PATCH', `/v2/images/${image}`, { json, headers: { 'Content-Type': PATCH_TYPE } })
}

/** `project: status` of the members an asker is shown, sorted: the cloud promises no order. */
export async function shownMembers(who: Asker, image: string): Promise<string[]> {
  const { members } = expectOk<{ members: MemberBody[] }>(await listMembers(who, image))
  return members.map(({ member_id, status }) => `${member_id}: ${status}`).sort()
}
