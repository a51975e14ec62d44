import type { Cloud } from '../cloud.ts'
import { stableId, stableImageId } from '../ids.ts'
import type { MemberStatus } from '../records.ts'
import { mint } from './mint.ts'

/** So many shared images, spread over so many owners, each with so many of the recipients as members. */
export type BulkSpec = {
  images: number
  membersPerImage: number
  recipients: number
  /** 1 when left out. */
  owners?: number
  /** Begins all names; `bulk` when left out. */
  name?: string
}

const HOUR = 3_600_000
/** Of a hundred members. */
const ACCEPTED = 78
const PENDING = 14

/**
 * Makes a big world in little time, the same for the same words: images between an hour and two years old, offers spread
 * over the time since, most of them accepted.
 */
export function mintBulk(cloud: Cloud, spec: BulkSpec): { owners: string[]; recipients: string[] } {
  const { name = 'bulk' } = spec
  if (spec.membersPerImage > spec.recipients) throw new Error('more members per image than recipients')
  const owners = projectsOf(cloud, `${name}-owner`, spec.owners ?? 1)
  const recipients = projectsOf(cloud, `${name}-project`, spec.recipients)
  const now = cloud.clock.now()
  const images = Array.from({ length: spec.images }, (_, index) => {
    const created = now - HOUR - (mix(index, 1) % 17_520) * HOUR
    return {
      id: stableImageId(name, `${index}`),
      project: owners[index % owners.length] ?? '',
      name: `${name}-image-${`${index + 1}`.padStart(5, '0')}`,
      created_at: created,
    }
  })
  mint(cloud, { images })
  const store = cloud.images()
  for (const [index, { id, created_at }] of images.entries()) {
    const image = store.images.get(id)
    if (!image) continue
    const first = mix(index, 2)
    for (let n = 0; n < spec.membersPerImage; n += 1) {
      const memberId = recipients[(first + n * stride(spec.recipients)) % spec.recipients] ?? ''
      const createdAt = created_at + (mix(index, n + 3) % (now - created_at))
      const dice = mix(index, n + 1_000) % 100
      const status: MemberStatus =
        dice < ACCEPTED ? 'accepted' : dice < ACCEPTED + PENDING ? 'pending' : 'rejected'
      const updatedAt =
        status === 'pending' ? createdAt : createdAt + (mix(index, n + 2_000) % (now - createdAt))
      store.addMember(image, { memberId, imageId: id, status, createdAt, updatedAt })
    }
  }
  return { owners, recipients }
}

function projectsOf(cloud: Cloud, name: string, count: number): string[] {
  const projects = Array.from({ length: count }, (_, index) => {
    const numbered = `${name}-${`${index + 1}`.padStart(3, '0')}`
    return { name: numbered, id: stableId('project', numbered) }
  })
  mint(cloud, { projects })
  return projects.map(({ id }) => id)
}

/** A step that meets every recipient once before it meets one again. */
function stride(recipients: number): number {
  const dividedBy = (a: number, b: number): number => (b === 0 ? a : dividedBy(b, a % b))
  let step = Math.max(1, Math.floor(recipients * 0.382))
  while (dividedBy(step, recipients) !== 1) step += 1
  return step
}

/** A number that depends on both, and looks like chance. */
function mix(a: number, b: number): number {
  let hash = Math.imul(a + 1, 0x9e3779b1) ^ Math.imul(b + 1, 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 16), 0x45d9f3b)
  return (hash ^ (hash >>> 15)) >>> 0
}
