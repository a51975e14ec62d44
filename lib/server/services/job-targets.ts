import 'server-only'
import type { ErrorCode } from '../../contracts/errors'
import type { ShareObstacle } from '../../contracts/images'
import { maxPairsPerJob, type StartJobInput } from '../../contracts/inputs/jobs'
import { ProjectId } from '../../contracts/inputs/scope'
import type { JobTarget } from '../../contracts/jobs'
import type { CloudFamily } from '../cloud/family'
import type { GlanceImage, ImageAccess } from '../cloud/glance'
import { readImagesById } from '../cloud/images'
import type { ProjectContext } from '../context'
import type { JobRecord } from '../jobs/job-rows'
import { Refusal } from '../refusal'
import { reachOf } from './audit-access'
import { isFullServer, nameFrom, shareObstacleOf } from './image-views'

export interface Targets {
  images: JobTarget[]
  projects: JobTarget[]
  /** Indexes into both. */
  pairs: [image: number, project: number][]
}

/**
 * Checks what a bulk act is about, before anything is sent: whose images, may they be shared, which projects. Answers the
 * pairs to run: the rectangle less exceptions, or the ones named. An administrator's token may end the sharing of any image
 * (Glance policy `delete_member`: owner or administrator).
 * @throws Refusal `own_project`, `not_shareable`, `image_public`, `image_not_ready`, `not_supported`, `image_not_found`,
 *   `invalid_input`
 */
export async function chooseTargets(ctx: ProjectContext, input: StartJobInput): Promise<Targets> {
  const imageIds = [...new Set(input.images)]
  const projectIds = [...new Set(input.projects)]
  const answers = input.kind === 'accept' || input.kind === 'reject'
  if (answers) checkAnswer(ctx, projectIds)
  else if (input.kind !== 'stop') checkRecipients(ctx, projectIds)
  // Offers may have been withdrawn meanwhile: then they are missing.
  const anybodys = input.kind === 'stop' && reachOf(ctx) === 'cloud'
  const found = await readImagesById(ctx.access, imageIds, answers ? 'offered' : anybodys ? 'cloud' : 'own')
  const missing = imageIds.filter((id) => !found.has(id))
  const isGone = new Refusal('image_not_found', { values: { id: missing[0] ?? '', count: missing.length } })
  if (missing.length > 0 && !(input.kind === 'stop' && input.only)) throw isGone
  if (input.kind === 'share' || input.kind === 'offer_again') checkShareable(ctx.access, [...found.values()])
  const nameOf = nameFrom(ctx.session.projects)
  const twice = new Set(input.kind === 'stop' ? input.twice : [])
  const targets = {
    images: imageIds.map((id) => toTarget(ctx.access, id, found.get(id), twice.has(id))),
    projects: projectIds.map((id) => ({ id, name: nameOf(id) })),
    pairs: input.only ? namedPairs(input, imageIds, projectIds) : pairsOf(imageIds, projectIds, input.except),
  }
  if (missing.length === 0) return targets
  // Pairs are named one by one out of an audit, which may be older than the cloud: an image that is gone has no shares left.
  const left = targets.pairs.filter(([image]) => found.has(imageIds[image] ?? ''))
  if (left.length === 0) throw isGone
  return narrowTargets(targets, left)
}

/** A member answers for itself only: always the context's project, whatever the input says. */
function checkAnswer(ctx: ProjectContext, projectIds: string[]): void {
  if (projectIds.length !== 1 || projectIds[0] !== ctx.project.id) {
    throw new Refusal('invalid_input', { fields: { projects: 'invalid' } })
  }
}

function checkRecipients(ctx: ProjectContext, projectIds: string[]): void {
  if (projectIds.includes(ctx.project.id))
    throw new Refusal('own_project', { fields: { projects: 'own_project' } })
  // Glance takes any text for a member, so a typing mistake would become a share with nobody.
  const malformed = projectIds.find((id) => !ProjectId.safeParse(id).success)
  if (malformed !== undefined) {
    throw new Refusal('invalid_input', {
      fields: { projects: 'malformed' },
      values: { id: malformed.slice(0, 80) },
    })
  }
}

function checkShareable({ family }: ImageAccess, images: GlanceImage[]): void {
  const not = images.flatMap((image) => {
    const obstacle = shareObstacleOf(image, family)
    return obstacle ? [{ image, obstacle }] : []
  })
  const [first] = not
  if (!first) return
  const code = refusalFor(first.obstacle, family)
  throw new Refusal(code, {
    values: { name: first.image.name ?? first.image.id, count: not.length },
    fields: { images: code },
  })
}

/** Where visibility can't be switched, the one that forbids sharing is "public". */
function refusalFor(obstacle: ShareObstacle, { visibility_model }: CloudFamily): ErrorCode {
  if (obstacle === 'not_active') return 'image_not_ready'
  if (obstacle === 'marketplace') return 'not_supported'
  return visibility_model === 'shared' ? 'not_shareable' : 'image_public'
}

function toTarget(
  { family }: ImageAccess,
  id: string,
  image: GlanceImage | undefined,
  isTwice: boolean,
): JobTarget {
  const isWhole = image !== undefined && isFullServer(image, family)
  return {
    id,
    name: image?.name ?? null,
    ...(isWhole ? { fullServer: true } : {}),
    ...(isTwice ? { twice: true } : {}),
  }
}

/** The pairs that were named, each once; one that was named twice among the images or projects is one. */
function namedPairs(
  { images, projects, only = [] }: Pick<StartJobInput, 'images' | 'projects' | 'only'>,
  imageIds: readonly string[],
  projectIds: readonly string[],
): [number, number][] {
  const places = (given: readonly string[], kept: readonly string[]) => {
    const at = new Map(kept.map((id, index) => [id, index]))
    return given.map((id) => at.get(id) ?? 0)
  }
  const [image, project] = [places(images, imageIds), places(projects, projectIds)]
  const found = new Map<string, [number, number]>()
  for (const [row, column] of only) {
    const pair: [number, number] = [image[row] ?? 0, project[column] ?? 0]
    found.set(pair.join(' '), pair)
  }
  return [...found.values()]
}

/** The rectangle without its holes. @throws Refusal when nothing is left, or more than one job may have */
export function pairsOf(
  imageIds: readonly string[],
  projectIds: readonly string[],
  except: readonly (readonly [string, string])[],
): [number, number][] {
  const left = new Set(except.map(([image, project]) => `${image} ${project}`))
  const pairs = imageIds.flatMap((imageId, image) =>
    projectIds.flatMap((projectId, project): [number, number][] =>
      left.has(`${imageId} ${projectId}`) ? [] : [[image, project]],
    ),
  )
  if (pairs.length === 0) throw new Refusal('invalid_input', { fields: { projects: 'nothing_left' } })
  // Holes outside of the rectangle would have made it look smaller than it is.
  if (pairs.length > maxPairsPerJob) throw new Refusal('too_many', { values: { limit: maxPairsPerJob } })
  return pairs
}

/** Leaves out images and projects that no pair needs any more. */
export function narrowTargets(
  old: Pick<JobRecord, 'images' | 'projects'>,
  pairs: [number, number][],
): Targets {
  const keep = (all: JobRecord['images'], used: number[]) => {
    const order = [...new Set(used)].sort((a, b) => a - b)
    return {
      kept: order.flatMap((at) => all[at] ?? []),
      place: new Map(order.map((at, index) => [at, index])),
    }
  }
  const images = keep(
    old.images,
    pairs.map(([image]) => image),
  )
  const projects = keep(
    old.projects,
    pairs.map(([, project]) => project),
  )
  return {
    images: images.kept,
    projects: projects.kept,
    pairs: pairs.map(([image, project]) => [images.place.get(image) ?? 0, projects.place.get(project) ?? 0]),
  }
}
