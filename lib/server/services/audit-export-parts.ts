import 'server-only'
import type { AuditChange, AuditImage, AuditMember, FindingKind } from '../../contracts/audits'
import type { MemberStatus } from '../../contracts/images'
import type { ProjectContext } from '../context'
import type { Database } from '../store/store'
import type { AuditRecord } from './audit-access'
import { auditDifferences } from './audit-differences'
import {
  type Cell,
  imageCells,
  imageColumns,
  memberCells,
  memberColumns,
  type Names,
} from './audit-export-cells'
import { findingsOf } from './audit-findings'
import { auditImages, imageKeys, imagesById, inBatches } from './audit-images'
import { projectsOf } from './audit-rows'

/** A membership as a file of resources writes it. */
export interface Share {
  image: Pick<AuditImage, 'id' | 'name'>
  project: string
  projectName: string | null
  status: MemberStatus
  /** Why it can't be a resource; null when it can. */
  obstacle: 'gone' | 'not_ours' | 'no_project' | 'duplicate' | null
  /** The cloud's own word for its status, where that is none of the three. */
  said: string | null
  /** Whether the reader may state it: only an administrator sets the answer of others. */
  setsStatus: boolean
  findings: FindingKind[]
}

/** What one image adds to a file: records for a table, memberships for resources. */
export interface ExportPart {
  records: Cell[][]
  shares: Share[]
}

/** A subject as a file needs it. Parts come in the order of image name and id, what is in them by project. */
export interface ExportSource {
  columns: readonly string[]
  parts: () => AsyncGenerator<ExportPart[]>
  /** Images that could not be compared; known when all parts were taken. */
  leftOut?: () => number
}

/** Every image with each of its members; an image without any has one record. */
export async function tableSource(db: Database, audit: AuditRecord, readAt: Date): Promise<ExportSource> {
  const names = await namesOf(db, audit.id)
  return {
    columns: [...imageColumns, ...memberColumns, 'read_as', 'read_from_project', 'not_read'],
    async *parts() {
      for await (const images of auditImages(db, audit.id)) {
        yield images.map((image) => {
          const members = image.members.length > 0 ? image.members : [null]
          return {
            records: members.map((member) => [
              ...imageCells(image, names),
              ...memberCells(member, names, readAt),
              ...[image.side, image.via, image.refused],
            ]),
            shares: sharesOf(image, { names, audit }),
          }
        })
      }
    },
  }
}

/** What looks wrong: a record for each finding of an image, or of one of its recipients. */
export async function findingsSource(
  ctx: ProjectContext,
  audit: AuditRecord,
  readAt: Date,
  only?: FindingKind,
): Promise<ExportSource> {
  const { db } = ctx.runtime.store
  const { findings, images, projects } = await findingsOf(ctx, audit)
  const names = await namesOf(db, audit.id)
  // By image and recipient; findings of a whole image stand under null.
  const byImage = new Map<string, Map<string | null, FindingKind[]>>()
  for (const { kind, rows } of findings) {
    if (only !== undefined && kind !== only) continue
    for (const [image, project] of rows) {
      const id = images[image] ?? ''
      const found = byImage.get(id) ?? new Map<string | null, FindingKind[]>()
      byImage.set(id, found)
      const who = project === null ? null : (projects[project] ?? '')
      found.set(who, [...(found.get(who) ?? []), kind])
    }
  }
  return {
    columns: ['finding', ...imageColumns, ...memberColumns],
    async *parts() {
      const keys = (await imageKeys(db, audit.id)).filter(({ id }) => byImage.has(id))
      for (const batch of inBatches(keys)) {
        const ids = batch.map(({ id }) => id)
        const those = await imagesById(db, audit.id, ids)
        yield ids.flatMap((id) => {
          const [image, found] = [those.get(id), byImage.get(id)]
          return image && found ? [findingsPart(image, found, { names, audit }, readAt)] : []
        })
      }
    },
  }
}

function findingsPart(
  image: AuditImage,
  found: ReadonlyMap<string | null, FindingKind[]>,
  place: Place,
  readAt: Date,
): ExportPart {
  const recipients: (AuditMember | null)[] = [null, ...firstOfEach(image.members)]
  const records = recipients.flatMap((member) =>
    (found.get(member?.project ?? null) ?? []).map((kind) => [
      kind,
      ...imageCells(image, place.names),
      ...memberCells(member, place.names, readAt),
    ]),
  )
  const ofImage = found.get(null) ?? []
  const about = (project: string) => [...ofImage, ...(found.get(project) ?? [])]
  return {
    records,
    shares: sharesOf(image, place, about).filter(({ findings }) => findings.length > 0),
  }
}

/** What is not as it was in an earlier audit. */
export async function changesSource(
  db: Database,
  earlier: AuditRecord,
  later: AuditRecord,
): Promise<ExportSource> {
  const place = { names: await namesOf(db, later.id), audit: later }
  let leftOut = 0
  return {
    columns: [
      'change',
      'image_name',
      'image_id',
      'owner_id',
      'recipient_name',
      'recipient_id',
      'status_before',
      'status_after',
    ],
    leftOut: () => leftOut,
    async *parts() {
      leftOut = 0
      for await (const { changes, after, imagesLeftOut } of auditDifferences(db, earlier, later)) {
        leftOut += imagesLeftOut
        const today = sharesByImage(after, place)
        yield changes.map((change) => ({
          records: [changeCells(change)],
          shares: [today(change.image.id).get(change.project) ?? goneShare(change)],
        }))
      }
    },
  }
}

const changeCells = ({ kind, image, project, projectName, before, after }: AuditChange): Cell[] => [
  kind,
  image.name,
  image.id,
  image.owner,
  projectName,
  project,
  before,
  after,
]

/** The memberships of an image by project, worked out once for each image. */
function sharesByImage(images: ReadonlyMap<string, AuditImage>, place: Place) {
  const known = new Map<string, ReadonlyMap<string, Share>>()
  return (id: string): ReadonlyMap<string, Share> => {
    const image = images.get(id)
    const shares =
      known.get(id) ??
      new Map(
        image &&
          sharesOf(image, place)
            .map((share) => [share.project, share] as const)
            .toReversed(),
      )
    known.set(id, shares)
    return shares
  }
}

const goneShare = ({ image, project, projectName, before }: AuditChange): Share => ({
  image,
  project,
  projectName,
  status: before ?? 'pending',
  said: null,
  obstacle: 'gone',
  setsStatus: false,
  findings: [],
})

interface Place {
  names: Names
  audit: AuditRecord
}

function sharesOf(
  image: AuditImage,
  { names, audit }: Place,
  findings: (project: string) => FindingKind[] = () => [],
): Share[] {
  const seen = new Set<string>()
  return image.members.map(({ project, status, said, type }) => {
    const isSecond = seen.has(project)
    seen.add(project)
    // The provider reads an id back by its one slash (openstack_images_image_access_v2, "Import").
    const isNoId = type !== undefined || project === '' || project.includes('/')
    const obstacle = isNoId ? 'no_project' : isSecond ? 'duplicate' : null
    return {
      image,
      project,
      projectName: names.get(project)?.name ?? null,
      status,
      said: said ?? null,
      obstacle: image.side === 'recipient' ? 'not_ours' : obstacle,
      setsStatus: audit.reach === 'cloud',
      findings: findings(project),
    }
  })
}

const firstOfEach = (members: readonly AuditMember[]) =>
  [...new Map(members.toReversed().map((member) => [member.project, member])).values()].reverse()

async function namesOf(db: Database, auditId: string): Promise<Names> {
  return new Map((await projectsOf(db, auditId)).map((project) => [project.id, project]))
}
