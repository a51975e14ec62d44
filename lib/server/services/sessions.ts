import 'server-only'
import { and, eq } from 'drizzle-orm'
import type { z } from 'zod'
import type { RenewInput, SignInInput, SignOutInput } from '../../contracts/inputs/sign-in'
import type { ProjectRef, Scope } from '../../contracts/scope'
import type { SessionView, SignInOptions } from '../../contracts/session'
import { safeNext } from '../../util/safe-next'
import { imageRegions } from '../cloud/catalogue'
import type { IssuedToken } from '../cloud/identity'
import type { SessionContext } from '../context'
import type { OpenContext } from '../gate'
import { causeOf, log } from '../log'
import { Refusal } from '../refusal'
import type { CloudClient, Runtime } from '../runtime'
import {
  endSession,
  findSession,
  hashOf,
  type SessionRecord,
  sessionLimits,
  setProjects,
} from '../session/session-rows'
import { findToken, keepToken, openToken, projectTokens } from '../session/token-rows'
import { addActivity } from '../store/activity-rows'
import { job, preference, session } from '../store/schema'
import { letGoOfJobs } from './session-jobs'

const projectsFreshMs = 5 * 60_000
const maxProjects = 2_000

/** The clouds a person may choose from before anybody is known. */
export function signInOptions({ clouds }: Pick<Runtime, 'clouds'>): SignInOptions {
  const configs = [...clouds.values()].map((cloud) => cloud.config)
  return {
    clouds: configs.map(({ name, label }) => ({ name, label })),
    defaultDomain: configs[0]?.defaultDomain ?? 'Default',
  }
}

/**
 * Signs in with a password: an unscoped token first, then the projects. Answers the address to go to.
 * @throws Refusal, CloudError `wrong_credentials` for every wrong user, domain or password alike
 */
export async function signIn(
  ctx: OpenContext,
  input: z.output<typeof SignInInput>,
): Promise<{ next: string }> {
  const cloud = cloudNamed(ctx, input.cloud)
  const issued = await cloud.identity.signIn(input)
  await begin(ctx, cloud, issued)
  return { next: safeNext(input.next, ctx.runtime.env.publicOrigin) }
}

/** Signs the user of an open page in again. Another user is refused: the page shows what only the first may see. */
export async function renew(
  ctx: OpenContext,
  input: z.output<typeof RenewInput>,
): Promise<{ renewed: true }> {
  const cloud = cloudNamed(ctx, input.cloud)
  const issued = await cloud.identity.signIn({ user: input.userId, domain: '', password: input.password })
  if (issued.user.id !== input.userId) throw new Refusal('wrong_credentials')
  await begin(ctx, cloud, issued)
  return { renewed: true }
}

/** Signs out: our row first, then the cookie; the cloud's tokens are revoked afterwards, however long that takes. */
export async function signOut(
  ctx: OpenContext,
  input: z.output<typeof SignOutInput>,
): Promise<{ signedOut: true }> {
  const { runtime } = ctx
  const now = runtime.clock.now()
  const record = ctx.sid === null ? null : await findSession(runtime.store, ctx.sid, now)
  if (record) {
    await letGoOfJobs(runtime, record, input.runningJobs)
    await endSession(runtime.store.db, record.idHash, now)
    await addActivity(runtime.store.db, entry(record, 'session.end', ctx.requestId, now, runtime))
  }
  await ctx.setCookie(null)
  return { signedOut: true }
}

/** What the browser may know of its session. Reads the projects again when they are some minutes old. */
export async function getSession(ctx: SessionContext): Promise<SessionView> {
  const { runtime, session: record, cloud } = ctx
  const now = runtime.clock.now()
  const [last, tokens] = await Promise.all([
    lastScope(runtime, record),
    projectTokens(runtime.store, record.idHash),
  ])
  const { readOnlyRoles } = runtime.env
  return {
    cloud: record.cloud,
    cloudLabel: cloud.config.label,
    user: { id: record.userId, name: record.userName, domainName: record.domainName },
    projects: record.projects,
    projectsTruncated: record.projects.length >= maxProjects,
    regions: record.regions,
    lastScope: last && record.projects.some((project) => project.id === last.project) ? last : null,
    readOnly:
      tokens.length > 0 && tokens.every((row) => row.roles.every((role) => readOnlyRoles.includes(role))),
    endsInMs: record.endsAt.getTime() - now,
    idleEndsInMs: record.lastSeenAt.getTime() + sessionLimits.idleMs - now,
  }
}

/** Reads the projects from Keystone again, for a session whose list is some minutes old. Keeps the old list on failure. */
export async function refreshProjects(ctx: SessionContext): Promise<void> {
  const { runtime, session: record, cloud } = ctx
  const now = runtime.clock.now()
  if (now - record.projectsReadAt.getTime() < projectsFreshMs) return
  const unscoped = await findToken(runtime.store, record.idHash, null, now)
  if (!unscoped) return
  try {
    const projects = await readProjects(cloud, openToken(runtime.secrets, unscoped))
    await setProjects(runtime.store, record.idHash, projects, now)
    record.projects = projects
  } catch (error) {
    log.warn('the projects could not be read again', { cloud: record.cloud, cause: causeOf(error) })
  }
}

/** Keeps where a person went last, for the next sign-in. */
export async function rememberScope(ctx: SessionContext, scope: Scope): Promise<{ remembered: true }> {
  const { cloud, userId } = ctx.session
  const value = { region: scope.region, project: scope.project }
  await ctx.runtime.store.db
    .insert(preference)
    .values({ cloud, userId, key: 'last-scope', value })
    .onConflictDoUpdate({ target: [preference.cloud, preference.userId, preference.key], set: { value } })
  return { remembered: true }
}

/** Where to send somebody who names no project. Null when there is no project at all. */
export async function homeScope(ctx: SessionContext): Promise<Scope | null> {
  const { session: record } = ctx
  const last = await lastScope(ctx.runtime, record)
  const usable = record.projects.filter((project) => project.enabled)
  const project = usable.find((candidate) => candidate.id === last?.project) ?? usable[0]
  const region = record.regions.find((candidate) => candidate === last?.region) ?? record.regions[0]
  return project && region ? { cloud: record.cloud, region, project: project.id } : null
}

async function lastScope({ store }: Pick<Runtime, 'store'>, record: SessionRecord) {
  const [row] = await store.db
    .select({ value: preference.value })
    .from(preference)
    .where(
      and(
        eq(preference.cloud, record.cloud),
        eq(preference.userId, record.userId),
        eq(preference.key, 'last-scope'),
      ),
    )
  return (row?.value as { region: string; project: string } | undefined) ?? null
}

function cloudNamed(ctx: OpenContext, name: string): CloudClient {
  const cloud = ctx.runtime.clouds.get(name)
  if (!cloud) throw new Refusal('invalid_input', { fields: { cloud: 'invalid' } })
  return cloud
}

async function readProjects(cloud: CloudClient, token: string): Promise<ProjectRef[]> {
  const projects = await cloud.identity.projects(token)
  return projects
    .filter((project) => project.enabled)
    .map(({ id, name, domain_id, enabled }) => ({ id, name, domainId: domain_id, enabled }))
    .sort((a, b) => a.name.localeCompare(b.name, 'en'))
    .slice(0, maxProjects)
}

/** Starts a session under a new id and ends the one the browser came with. */
async function begin(ctx: OpenContext, cloud: CloudClient, issued: IssuedToken): Promise<void> {
  const { runtime } = ctx
  const projects = await readProjects(cloud, issued.text)
  const regions = await regionsOf(cloud, issued.text, projects)
  const now = runtime.clock.now()
  const sid = runtime.chance.bytes(32).toString('base64url')
  const record: SessionRecord = {
    idHash: hashOf(sid),
    cloud: cloud.config.name,
    userId: issued.user.id,
    userName: issued.user.name,
    domainId: issued.user.domainId,
    domainName: issued.user.domainName,
    projects,
    projectsReadAt: new Date(now),
    regions,
    createdAt: new Date(now),
    lastSeenAt: new Date(now),
    endsAt: new Date(
      Math.min(now + sessionLimits.absoluteMs, issued.expiresAt.getTime() - sessionLimits.tokenMarginMs),
    ),
  }
  await runtime.store.db.transaction(async (tx) => {
    await tx.insert(session).values(record)
    await keepToken(
      tx,
      runtime,
      { cloud: record.cloud, sessionIdHash: record.idHash, jobId: null, scope: null },
      issued,
    )
    await addActivity(tx, entry(record, 'session.begin', ctx.requestId, now, runtime))
    if (ctx.sid !== null) {
      const before = hashOf(ctx.sid)
      // Somebody who signs in again keeps the jobs: the next sign-out asks about them too.
      await tx
        .update(job)
        .set({ sessionIdHash: record.idHash })
        .where(and(eq(job.sessionIdHash, before), eq(job.cloud, record.cloud), eq(job.userId, record.userId)))
      await endSession(tx, before, now)
    }
  })
  await ctx.setCookie(sid)
}

/** Regions come from the configuration, else from the catalogue, which only a project's token shows. */
async function regionsOf(cloud: CloudClient, token: string, projects: ProjectRef[]): Promise<string[]> {
  if (cloud.config.regions.length > 0) return [...cloud.config.regions]
  const first = projects[0]
  if (!first) return []
  const scoped = await cloud.identity.rescope(token, first.id)
  // Only asked for its catalogue; nothing keeps it.
  await cloud.identity.revoke(scoped.text).catch(() => {})
  return imageRegions(scoped.catalogue)
}

function entry(record: SessionRecord, verb: string, requestId: string, now: number, { chance }: Runtime) {
  return {
    at: new Date(now),
    act: chance.uuid(),
    phase: 'outcome' as const,
    verb,
    cloud: record.cloud,
    domainId: record.domainId,
    userId: record.userId,
    userName: record.userName,
    targets: { requestId },
    outcome: 'succeeded',
  }
}
