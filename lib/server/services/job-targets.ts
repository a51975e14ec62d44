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
import { Refusal } from '../refusal'
import { isFullServer, nameFrom, shareObstacleOf } from './image-views'

export interface Targets {
  images: JobTarget[]
  projects: JobTarget[]
  /** Indexes into both. */
  pairs: [image: number, project: number][]
}

/**
 * Checks what a bulk act is about, before anything is sent: whose images, may they be shared, which projects. Answers the
 * pairs to run, rectangle less exceptions.
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
  const found = await readImagesById(ctx.access, imageIds, answers ? 'offered' : 'own')
  const missing = imageIds.filter((id) => !found.has(id))
  if (missing.length > 0)
    throw new Refusal('image_not_found', { values: { id: missing[0] ?? '', count: missing.length } })
  if (input.kind === 'share' || input.kind === 'offer_again') checkShareable(ctx.access, [...found.values()])
  const nameOf = nameFrom(ctx.session.projects)
  return {
    images: imageIds.map((id) => toTarget(ctx.access, id, found.get(id))),
    projects: projectIds.map((id) => ({ id, name: nameOf(id) })),
    pairs: pairsOf(imageIds, projectIds, input.except),
  }
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

function toTarget({ family }: ImageAccess, id: string, image: GlanceImage | undefined): JobTarget {
  const isWhole = image !== undefined && isFullServer(image, family)
  return { id, name: image?.name ?? null, ...(isWhole ? { fullServer: true } : {}) }
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
