import 'server-only'
import { maxPairsPerJob, type StartJobInput } from '../../contracts/inputs/jobs'
import { ProjectId } from '../../contracts/inputs/scope'
import type { JobTarget } from '../../contracts/jobs'
import type { GlanceImage } from '../cloud/glance'
import { readAllImages } from '../cloud/images'
import type { ProjectContext } from '../context'
import { Refusal } from '../refusal'
import { nameFrom } from './image-views'
import { readOwned } from './images'

export interface Targets {
  images: JobTarget[]
  projects: JobTarget[]
  /** Indexes into both. */
  pairs: [image: number, project: number][]
}

const idsPerCall = 50

/**
 * Checks what a bulk act is about, before anything is sent: whose images, may they be shared, which projects. Answers the
 * pairs to run, rectangle less exceptions.
 * @throws Refusal `own_project`, `not_shareable`, `image_not_found`, `invalid_input`
 */
export async function chooseTargets(ctx: ProjectContext, input: StartJobInput): Promise<Targets> {
  const imageIds = [...new Set(input.images)]
  const projectIds = [...new Set(input.projects)]
  const answers = input.kind === 'accept' || input.kind === 'reject'
  if (answers) checkAnswer(ctx, projectIds)
  else if (input.kind !== 'stop') checkRecipients(ctx, projectIds)
  const found = answers ? await readOffered(ctx, imageIds) : await readMine(ctx, imageIds)
  const missing = imageIds.filter((id) => !found.has(id))
  if (missing.length > 0)
    throw new Refusal('image_not_found', { values: { id: missing[0] ?? '', count: missing.length } })
  if (input.kind === 'share' || input.kind === 'offer_again') checkShareable([...found.values()])
  const nameOf = nameFrom(ctx.session.projects)
  return {
    images: imageIds.map((id) => ({ id, name: found.get(id)?.name ?? null })),
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

function checkShareable(images: GlanceImage[]): void {
  const not = images.filter((image) => image.visibility !== 'shared')
  if (not.length === 0) return
  throw new Refusal('not_shareable', {
    values: { name: not[0]?.name ?? not[0]?.id ?? '', count: not.length },
    fields: { images: 'not_shareable' },
  })
}

const byId = (images: GlanceImage[]) => new Map(images.map((image) => [image.id, image]))

async function readMine(ctx: ProjectContext, ids: string[]): Promise<Map<string, GlanceImage>> {
  const found: GlanceImage[] = []
  for (let at = 0; at < ids.length; at += idsPerCall)
    found.push(...(await readOwned(ctx, ids.slice(at, at + idsPerCall))))
  return byId(found)
}

/** Images offered to us, in any state. They may have been withdrawn meanwhile: then they are missing. */
async function readOffered({ access }: ProjectContext, ids: string[]): Promise<Map<string, GlanceImage>> {
  const found: GlanceImage[] = []
  for (let at = 0; at < ids.length; at += idsPerCall) {
    const some = ids.slice(at, at + idsPerCall)
    for (const hidden of [false, true]) {
      const list = await readAllImages(access, {
        visibility: 'shared',
        memberStatus: 'all',
        ids: some,
        hidden,
      })
      found.push(...list.images)
    }
  }
  return byId(found.filter((image) => image.owner !== access.projectId))
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
