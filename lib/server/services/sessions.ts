import 'server-only'
import { and, eq } from 'drizzle-orm'
import type { z } from 'zod'
import type { SignOutInput } from '../../contracts/inputs/sign-in'
import type { Scope } from '../../contracts/scope'
import type { SessionView, SignInOptions } from '../../contracts/session'
import type { SessionContext } from '../context'
import type { OpenContext } from '../gate'
import { causeOf, log } from '../log'
import type { Runtime } from '../runtime'
import { onlyRead } from '../session/in-project'
import { regionOfProject } from '../session/project-region'
import { projectToken } from '../session/project-token'
import {
  endSession,
  findSession,
  type SessionRecord,
  sessionLimits,
  setProjects,
} from '../session/session-rows'
import { baseToken, openToken, projectTokens } from '../session/token-rows'
import { addActivity } from '../store/activity-rows'
import { preference } from '../store/schema'
import { countRunningAudits, letGoOfJobs } from './session-jobs'
import { sessionActivity } from './sessions-activity'
import { maxProjects, readProjects } from './sessions-begin'

const projectsFreshMs = 5 * 60_000

/** The clouds a person may choose from before anybody is known. */
export function signInOptions({ clouds }: Pick<Runtime, 'clouds'>): SignInOptions {
  const configs = [...clouds.values()].map((cloud) => cloud.config)
  return {
    clouds: configs.map(({ name, label, naming, regions, defaultDomain }) => ({
      name,
      label,
      naming,
      regions: [...regions],
      defaultDomain,
    })),
  }
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
    await addActivity(runtime.store.db, sessionActivity(record, 'session.end', ctx.requestId, now, runtime))
  }
  await ctx.setCookie(null)
  return { signedOut: true }
}

/** What the browser may know of its session. Reads the projects again when they are some minutes old. */
export async function getSession(ctx: SessionContext): Promise<SessionView> {
  const { runtime, session: record, cloud } = ctx
  const now = runtime.clock.now()
  const [last, tokens, runningAudits] = await Promise.all([
    lastScope(runtime, record),
    projectTokens(runtime.store, record.idHash),
    countRunningAudits(runtime.store, record.idHash),
  ])
  const rights = Object.fromEntries(
    tokens.map(
      ({ projectId, roles }) => [projectId, onlyRead(runtime.env, roles) ? 'read' : 'write'] as const,
    ),
  )
  const known = Object.values(rights)
  return {
    cloud: record.cloud,
    cloudLabel: cloud.config.label,
    user: { id: record.userId, name: record.userName, domainName: record.domainName },
    projects: record.projects,
    projectsTruncated: record.projects.length >= maxProjects,
    regions: record.regions,
    lastScope: last && record.projects.some((project) => project.id === last.project) ? last : null,
    readOnly: record.readOnly || (known.length > 0 && known.every((right) => right === 'read')),
    isReadOnlyByChoice: record.readOnly,
    runningAudits,
    rights,
    method: record.method,
    asksCodeAtOnce: record.method === 'password' && cloud.config.naming === 'account',
    canRescope: record.canRescope !== false,
    endsInMs: record.endsAt.getTime() - now,
    idleEndsInMs: record.lastSeenAt.getTime() + sessionLimits.idleMs - now,
  }
}

/**
 * Enters the project a person starts in, for a session that has entered none: what its roles allow is not known before, and
 * the first screen would offer what is refused. Where that fails, the screen itself says why.
 */
export async function learnRights(ctx: SessionContext): Promise<void> {
  const { runtime, session, cloud } = ctx
  if (session.readOnly || (await projectTokens(runtime.store, session.idHash)).length > 0) return
  const home = await homeScope(ctx)
  if (home) await projectToken(runtime, cloud, session, home).catch(() => {})
}

/** Reads the projects from Keystone again, for a session whose list is some minutes old. Keeps the old list on failure. */
export async function refreshProjects(ctx: SessionContext): Promise<void> {
  const { runtime, session: record, cloud } = ctx
  const now = runtime.clock.now()
  if (now - record.projectsReadAt.getTime() < projectsFreshMs) return
  // A credential's token would list projects that can't be entered with it.
  if (record.method !== 'password' && record.canRescope === false) return
  const base = await baseToken(runtime.store, record.idHash, now)
  if (!base) return
  try {
    const projects = await readProjects(cloud, openToken(runtime.secrets, base), record.userId)
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
  const { session: record, cloud } = ctx
  const { naming } = cloud.config
  const last = await lastScope(ctx.runtime, record)
  const isTied = naming === 'account' || record.canRescope === false
  const entered = isTied ? await projectTokens(ctx.runtime.store, record.idHash) : []
  const enabled = record.projects.filter(({ enabled }) => enabled)
  // Where every project wants a sign-in of its own, home is one that had it.
  const ready = enabled.filter(({ id }) => entered.some(({ projectId }) => projectId === id))
  const usable = ready.length > 0 ? ready : enabled
  const project = usable.find((candidate) => candidate.id === last?.project) ?? usable[0]
  const own = naming === 'account' ? regionOfProject(project?.name ?? '', record.regions) : null
  const region = own ?? record.regions.find((candidate) => candidate === last?.region) ?? record.regions[0]
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
