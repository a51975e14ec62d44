import type { ImageMembers, ImageSummary, MemberLimit, MemberStatus } from '../contracts/images'
import { CELL_CODES } from './pair-cells'

/** What a share can't do, and why; each is a key below `share.impossible` in the catalogue. */
export type ImpossibleReason =
  | 'not_shareable'
  | 'marketplace'
  | 'not_active'
  | 'not_owned'
  | 'own_project'
  | 'member_limit'
  | 'forbidden'
  | 'image_not_found'

/** What a share would do to one pair. `unread` means that the members of the image are not known yet. */
export type PairPlan =
  | { state: 'new' | 'unread' }
  | { state: MemberStatus; sharedAt: string; answeredAt: string | null }
  | { state: 'impossible'; reason: ImpossibleReason }

export type PlannedImage = Pick<ImageSummary, 'id' | 'name' | 'shareObstacle' | 'owner'>

export interface PlanInput {
  images: readonly PlannedImage[]
  /** Project ids. */
  projects: readonly string[]
  /** The project that shares. */
  own: string
  /** What was read so far. */
  members: ReadonlyMap<string, ImageMembers>
  /** Places for members on one image, null while unknown: then nothing is refused for it. */
  limit: MemberLimit
}

export interface SharePlan {
  /** By image, then by project, in the order given. */
  rows: PairPlan[][]
  /** Why an image can't be shared with anybody; known before there are recipients. */
  refused: (ImpossibleReason | null)[]
  counts: Record<PairPlan['state'], number>
}

/** The most pairs one job may have; the same number as among the inputs of the server. */
export const maxPairsPerJob = 20_000
/** The most cells of images × projects, where the pairs of one job are no rectangle; likewise. */
export const maxCellsPerJob = 250_000
/** The most images, and the most projects, of one job. */
export const maxTargetsPerJob = 2_000

/**
 * Works out what a share would do, pair by pair, from what was read; sends nothing. Glance counts every member row
 * against the limit, doubled ones too, and refuses the one that comes too late: so the projects given first get the
 * places that are left.
 */
export function planShare({ images, projects, own, members, limit }: PlanInput): SharePlan {
  const counts: SharePlan['counts'] = {
    new: 0,
    unread: 0,
    accepted: 0,
    pending: 0,
    rejected: 0,
    impossible: 0,
  }
  const refusals = images.map((image) => refuseImage(image, own, members.get(image.id)))
  const rows = images.map((image, index) => {
    const known = members.get(image.id)
    const refused = refusals[index]
    const status = new Map(known?.members.map((member) => [member.project, member]) ?? [])
    let places = limit === null ? Number.POSITIVE_INFINITY : limit - (known?.members.length ?? 0)
    return projects.map((project): PairPlan => {
      if (project === own) return { state: 'impossible', reason: 'own_project' }
      if (refused) return { state: 'impossible', reason: refused }
      if (!known) return { state: 'unread' }
      const member = status.get(project)
      if (member) return { state: member.status, sharedAt: member.sharedAt, answeredAt: member.answeredAt }
      if (places <= 0) return { state: 'impossible', reason: 'member_limit' }
      places -= 1
      return { state: 'new' }
    })
  })
  for (const pair of rows.flat()) counts[pair.state] += 1
  return { rows, refused: refusals, counts }
}

/** Why nobody can get an image from us. One without an owner is everybody's already. */
export function refuseImage(
  image: Pick<PlannedImage, 'shareObstacle' | 'owner'>,
  own: string,
  known?: ImageMembers,
): ImpossibleReason | null {
  if (image.owner !== own) return 'not_owned'
  if (image.shareObstacle === 'visibility') return 'not_shareable'
  if (image.shareObstacle !== null) return image.shareObstacle
  return known?.refused ?? null
}

/** The plan as the grid draws it. */
export function planCells(plan: SharePlan): string[] {
  return plan.rows.map((row) =>
    row.map(({ state }) => (state === 'unread' ? CELL_CODES.none : CELL_CODES[state])).join(''),
  )
}

export interface PairSet {
  images: string[]
  projects: string[]
  except: [image: string, project: string][]
}

/**
 * The pairs for which `wanted` says yes, as a job takes them: a rectangle and its holes. Images and projects without
 * any such pair are left out.
 */
export function choosePairs(
  plan: SharePlan,
  images: readonly { id: string }[],
  projects: readonly string[],
  wanted: (pair: PairPlan, image: number, project: number) => boolean,
): PairSet {
  const chosen = plan.rows.map((row, i) => row.map((pair, j) => wanted(pair, i, j)))
  const rows = [...images.keys()].filter((i) => chosen[i]?.some(Boolean))
  const columns = [...projects.keys()].filter((j) => rows.some((i) => chosen[i]?.[j]))
  const set: PairSet = { images: [], projects: columns.map((j) => projects[j] ?? ''), except: [] }
  for (const i of rows) {
    const image = images[i]?.id ?? ''
    set.images.push(image)
    for (const j of columns) if (!chosen[i]?.[j]) set.except.push([image, projects[j] ?? ''])
  }
  return set
}

/** Pairs that are impossible for one reason, with what can be taken out so that they are no longer asked for. */
export type Obstacle =
  | { kind: 'image'; image: number; reason: ImpossibleReason; projects: number[] }
  | { kind: 'project'; project: number; reason: ImpossibleReason; images: number[] }

/**
 * Sorts the impossible pairs by what stands in the way: projects that fit nowhere first, then image by image. Every
 * impossible pair is in exactly one of them. Without recipients it names the images that nobody could get.
 */
export function listObstacles(plan: SharePlan): Obstacle[] {
  const width = plan.rows[0]?.length ?? 0
  if (width === 0) {
    return plan.refused.flatMap((reason, image): Obstacle[] =>
      reason ? [{ kind: 'image', image, reason, projects: [] }] : [],
    )
  }
  const byProject: Obstacle[] = []
  const listed = new Set<number>()
  for (let j = 0; j < width; j += 1) {
    const reason = sameReason(plan.rows.map((row) => row[j]))
    const isOfProject = reason === 'own_project' || (reason === 'member_limit' && plan.rows.length > 1)
    if (!reason || !isOfProject) continue
    listed.add(j)
    byProject.push({ kind: 'project', project: j, reason, images: [...plan.rows.keys()] })
  }
  const byImage = plan.rows.flatMap((row, image) => {
    const projects = new Map<ImpossibleReason, number[]>()
    for (const [j, pair] of row.entries()) {
      if (pair.state !== 'impossible' || listed.has(j)) continue
      projects.set(pair.reason, [...(projects.get(pair.reason) ?? []), j])
    }
    return [...projects].map(([reason, list]): Obstacle => ({ kind: 'image', image, reason, projects: list }))
  })
  return [...byProject, ...byImage]
}

function sameReason(pairs: readonly (PairPlan | undefined)[]): ImpossibleReason | null {
  const first = pairs[0]
  if (first?.state !== 'impossible') return null
  const isSame = pairs.every((pair) => pair?.state === 'impossible' && pair.reason === first.reason)
  return isSame ? first.reason : null
}
