import 'server-only'
import { and, eq } from 'drizzle-orm'
import type { ProjectRef } from '../../contracts/scope'
import type { SignInMethod } from '../../contracts/session'
import { imageRegions } from '../cloud/catalogue'
import { CloudError } from '../cloud/cloud-error'
import type { IssuedToken } from '../cloud/identity-answers'
import type { OpenContext } from '../gate'
import type { CloudClient } from '../runtime'
import { regionOfProject } from '../session/project-region'
import { placeOf } from '../session/project-token'
import { endSession, hashOf, type SessionRecord, sessionLimits } from '../session/session-rows'
import { rememberNames } from '../session/sign-in-names'
import { keepToken } from '../session/token-rows'
import { addActivity } from '../store/activity-rows'
import { auditSnapshot, job, session } from '../store/schema'
import { sessionActivity } from './sessions-activity'

export const maxProjects = 2_000

/** Somebody the cloud has let in, and how. */
export interface Arrival {
  cloud: CloudClient
  token: IssuedToken
  method: SignInMethod
  /** Where the person asked to be, if the token belongs to a project. */
  wanted?: string
  /** Asked for a session that changes nothing. */
  readOnly: boolean
}

/** Whether a token was obtained by us, and so is ours to end. A pasted one is in use elsewhere. */
export const isOurs = ({ method }: Pick<Arrival, 'method'>) => method !== 'token'

/** Ends a token that nobody will use. */
export async function letGo(arrival: Arrival): Promise<void> {
  if (isOurs(arrival)) await arrival.cloud.identity.revoke(arrival.token.text).catch(() => {})
}

/** Starts a session under a new id and ends the one the browser came with. @throws CloudError; then the token is let go of */
export async function begin(ctx: OpenContext, arrival: Arrival): Promise<void> {
  try {
    await beginWith(ctx, arrival)
  } catch (error) {
    await letGo(arrival)
    throw error
  }
}

async function beginWith(ctx: OpenContext, arrival: Arrival): Promise<void> {
  const { runtime } = ctx
  const { cloud, token, method, readOnly } = arrival
  const isTied = isTiedToProject(arrival)
  const projects = isTied ? ownProject(token) : await projectsAfterSignIn(cloud, token)
  const regions = await regionsOf(cloud, token, projects)
  const now = runtime.clock.now()
  const sid = runtime.chance.bytes(32).toString('base64url')
  const record: SessionRecord = {
    idHash: hashOf(sid),
    cloud: cloud.config.name,
    userId: token.user.id,
    userName: token.user.name,
    domainId: token.user.domainId,
    domainName: token.user.domainName,
    projects,
    projectsReadAt: new Date(now),
    regions,
    method,
    canRescope: isTied || cloud.config.capabilities.rescoping === 'no' ? false : null,
    readOnly,
    createdAt: new Date(now),
    lastSeenAt: new Date(now),
    endsAt: new Date(
      Math.min(now + sessionLimits.absoluteMs, token.expiresAt.getTime() - sessionLimits.tokenMarginMs),
    ),
  }
  const { project } = token
  const place = {
    cloud: record.cloud,
    sessionIdHash: record.idHash,
    jobId: null,
    isBorrowed: !isOurs(arrival),
    scope: project ? placeOf(runtime, cloud, { ...token, project }, firstRegion(arrival, regions)) : null,
  }
  await runtime.store.db.transaction(async (tx) => {
    await tx.insert(session).values(record)
    await keepToken(tx, runtime, place, token)
    await addActivity(tx, sessionActivity(record, 'session.begin', ctx.requestId, now, runtime))
    if (cloud.config.naming === 'account') await rememberNames(tx, record, project?.name ?? null)
    if (ctx.sid !== null) {
      const before = hashOf(ctx.sid)
      await endSession(tx, before, now)
      // Somebody who signs in again keeps jobs and audits: the next sign-out asks about them too.
      for (const table of [job, auditSnapshot])
        await tx
          .update(table)
          .set({ sessionIdHash: record.idHash })
          .where(
            and(
              eq(table.sessionIdHash, before),
              eq(table.cloud, record.cloud),
              eq(table.userId, record.userId),
            ),
          )
    }
  })
  await ctx.setCookie(sid)
}

/** Tokens of credentials are never exchanged (Keystone); a pasted one is taken for the project it was made for. */
const isTiedToProject = ({ method, token }: Arrival) =>
  method === 'application_credential' || (method === 'token' && token.project !== null)

const ownProject = ({ project }: IssuedToken): ProjectRef[] =>
  project ? [{ ...project, enabled: true }] : []

/** A cloud that lists no projects to this token still has the one the token is of. */
async function projectsAfterSignIn(cloud: CloudClient, token: IssuedToken): Promise<ProjectRef[]> {
  try {
    return await readProjects(cloud, token.text, token.user.id)
  } catch (error) {
    const isClosed = error instanceof CloudError && [401, 403, 404, 405].includes(error.status ?? 0)
    if (token.project && isClosed) return ownProject(token)
    throw error
  }
}

/** The projects a person can work in, by name. */
export async function readProjects(cloud: CloudClient, token: string, userId: string): Promise<ProjectRef[]> {
  const projects = await cloud.identity.projects(token, userId)
  return projects
    .filter((project) => project.enabled)
    .sort((a, b) => a.name.localeCompare(b.name, 'en'))
    .slice(0, maxProjects)
}

/** Regions come from the configuration, else from the catalogue, which only a project's token shows. */
async function regionsOf(
  cloud: CloudClient,
  token: IssuedToken,
  projects: readonly ProjectRef[],
): Promise<string[]> {
  if (cloud.config.regions.length > 0) return [...cloud.config.regions]
  if (token.project) return imageRegions(token.catalogue)
  const first = projects[0]
  if (!first) return []
  const scoped = await cloud.identity.rescope(token.text, first.id)
  // Only asked for its catalogue; nothing keeps it.
  await cloud.identity.revoke(scoped.text).catch(() => {})
  return imageRegions(scoped.catalogue)
}

function firstRegion({ cloud, token, wanted }: Arrival, regions: readonly string[]): string {
  const home = cloud.config.naming === 'account' ? regionOfProject(token.project?.name ?? '', regions) : null
  const region = home ?? regions.find((name) => name === wanted) ?? regions[0]
  if (region === undefined) throw new CloudError('no_image_service')
  return region
}
