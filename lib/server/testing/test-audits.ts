import 'server-only'
import { randomUUID } from 'node:crypto'
import type { AuditImage, AuditMember, AuditProject } from '../../contracts/audits'
import { auditImage, auditProject, auditSnapshot } from '../store/schema'
import type { Store } from '../store/store'

type Snapshot = typeof auditSnapshot.$inferInsert

export interface TestAudit extends Partial<Omit<Snapshot, 'members'>> {
  images?: (Partial<Omit<AuditImage, 'members'>> & { id: string; members?: Partial<AuditMember>[] })[]
  /** What the identity service said; of other projects it told nothing. */
  projects?: (Partial<AuditProject> & { id: string })[]
}

const day = '2026-11-01T00:00:00Z'

/** An image as an audit has it: shared, active and read by its owner, unless told otherwise. */
function testImage({ members = [], ...more }: NonNullable<TestAudit['images']>[number]): AuditImage {
  return {
    name: 'image',
    owner: 'owner',
    status: 'active',
    visibility: 'shared',
    hidden: false,
    createdAt: day,
    updatedAt: day,
    side: 'owner',
    via: 'owner',
    refused: null,
    hadMembers: false,
    ...more,
    members: members.map((member) => ({
      project: 'recipient',
      status: 'accepted',
      sharedAt: day,
      answeredAt: null,
      ...member,
    })),
  }
}

/** Stores an audit that is complete, unless told otherwise, and answers its id. */
export async function storeAudit(
  { db }: Pick<Store, 'db'>,
  { images = [], projects = [], ...more }: TestAudit = {},
): Promise<string> {
  const id = more.id ?? randomUUID()
  const at = more.createdAt ?? new Date('2026-11-20T12:00:00Z')
  await db.insert(auditSnapshot).values({
    id,
    cloud: 'openstack',
    region: 'north',
    domainId: 'default',
    projectId: 'owner',
    projectName: 'owner',
    userId: 'user',
    userName: 'user',
    reach: 'own',
    sources: [{ id: 'owner', name: 'owner' }],
    state: 'complete',
    isListed: true,
    imagesListed: images.length,
    imagesRead: images.length,
    idempotencyKey: randomUUID(),
    createdAt: at,
    startedAt: at,
    finishedAt: at,
    ...more,
  })
  const all = images.map(testImage)
  if (all.length > 0)
    await db.insert(auditImage).values(
      all.map(({ id: imageId, via, refused, ...image }, at) => ({
        ...image,
        auditId: id,
        imageId,
        seq: at + 1,
        via: [via],
        state: refused ? ('refused' as const) : ('read' as const),
        code: refused,
      })),
    )
  const told = new Map(projects.map((project) => [project.id, project]))
  const seen = new Set(all.flatMap(({ owner, members }) => [owner ?? '', ...members.map((m) => m.project)]))
  const known = [...new Set([...seen, ...told.keys()])].filter((each) => each !== '')
  if (known.length > 0)
    await db.insert(auditProject).values(
      known.map((projectId) => {
        const { id: _id, ...facts } = told.get(projectId) ?? { id: projectId }
        return {
          auditId: id,
          projectId,
          standing: facts.name ? ('enabled' as const) : ('not_told' as const),
          ...facts,
        }
      }),
    )
  return id
}
