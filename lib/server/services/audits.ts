import 'server-only'
import { and, desc, eq, inArray, sql } from 'drizzle-orm'
import type { z } from 'zod'
import type { AuditList, AuditReach, AuditSource, AuditSummary } from '../../contracts/audits'
import type { AuditIdInput, StartAuditInput } from '../../contracts/inputs/audits'
import type { Scope } from '../../contracts/scope'
import { finishAudit } from '../audits/audit-rows'
import { auditLimits } from '../audits/list-plans'
import type { ProjectContext } from '../context'
import { Refusal } from '../refusal'
import { onlyRead } from '../session/in-project'
import { regionOfProject } from '../session/project-region'
import { actorOf, addActivity } from '../store/activity-rows'
import { auditSnapshot } from '../store/schema'
import type { Database } from '../store/store'
import { noteDone } from './activity'
import { type AuditRecord, auditsVisibleTo, findAudit, reachOf } from './audit-access'
import { policyOf } from './audit-policy'
import { jobTokens } from './job-token'

const listed = 100
const underWay = ['queued', 'running', 'paused'] as const

/**
 * Starts reading everything the caller may audit from this project. The same click again gets the same audit, and so does a
 * click while one of the same person, region and reach is under way.
 */
export async function startAudit(
  ctx: ProjectContext,
  { idempotencyKey }: Pick<z.output<typeof StartAuditInput>, 'idempotencyKey'>,
): Promise<AuditSummary> {
  const { runtime, session, scope, project } = ctx
  const reach = reachOf(ctx)
  const known = await findSame(ctx, runtime.store.db, reach, idempotencyKey)
  if (known) return toAuditSummary(known, ctx)
  const id = runtime.chance.uuid()
  const { all, isCut } = sourcesOf(ctx, reach)
  const { sources, keep } = await enter(ctx, all, id)
  const { policy } = await policyOf(runtime.store, { cloud: session.cloud, reach, userId: session.userId })
  const row = await runtime.store.db.transaction(async (tx) => {
    // Two tabs that start at the same moment start one.
    const who = `audit ${session.cloud} ${scope.region} ${session.userId} ${reach}`
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${who}, 0))`)
    const same = await findSame(ctx, tx, reach, idempotencyKey)
    await keep(tx, same === null)
    if (same) return same
    const at = new Date(runtime.clock.now())
    const [inserted] = await tx
      .insert(auditSnapshot)
      .values({
        id,
        cloud: scope.cloud,
        region: scope.region,
        domainId: project.domainId,
        projectId: project.id,
        projectName: project.name,
        userId: session.userId,
        userName: session.userName,
        sessionIdHash: session.idHash,
        reach,
        sources,
        state: 'queued',
        isTruncated: isCut,
        callsPerSecond: policy.callsPerSecond,
        idempotencyKey,
        createdAt: at,
      })
      .returning()
    if (!inserted) throw new Error('an audit was not stored')
    await addActivity(tx, {
      at,
      act: id,
      phase: 'intent',
      verb: 'audit.read',
      ...actorOf(inserted),
      targets: { reach, projects: sources },
    })
    await runtime.engine.submit(tx, 'audit', id)
    return inserted
  })
  return toAuditSummary(row, ctx)
}

/**
 * Reads nothing more; what was read is kept, as a part. A read-only session cancels its own audits alone. It is an act of its
 * own in the log: another administrator may cancel, and the end of the audit is its starter's.
 * @throws Refusal `not_found`, `read_only`
 */
export async function cancelAudit(
  ctx: ProjectContext,
  { id }: Pick<z.output<typeof AuditIdInput>, 'id'>,
): Promise<AuditSummary> {
  const { store, clock } = ctx.runtime
  const row = await findAudit(ctx, id)
  if (ctx.readOnly && row.userId !== ctx.session.userId) throw new Refusal('read_only')
  const paused = await store.db.transaction(async (tx) => {
    const [rests] = await tx
      .update(auditSnapshot)
      // Whoever still holds a paused audit is fenced off.
      .set({ cancelRequested: true, attempt: sql`${auditSnapshot.attempt} + 1` })
      .where(and(eq(auditSnapshot.id, id), eq(auditSnapshot.state, 'paused')))
      .returning()
    const [goesOn] = await tx
      .update(auditSnapshot)
      .set({ cancelRequested: true, revision: sql`${auditSnapshot.revision} + 1` })
      .where(and(eq(auditSnapshot.id, id), inArray(auditSnapshot.state, ['queued', 'running'])))
      .returning()
    const targets = { auditId: id, reach: row.reach }
    if ((rests ?? goesOn) && !row.cancelRequested) await noteDone(tx, ctx, { verb: 'audit.cancel', targets })
    return rests
  })
  if (paused) await finishAudit(store, paused, { state: 'cancelled' }, clock.now())
  return getAudit(ctx, { id })
}

/**
 * Goes on with a paused audit under new tokens. Only the user who started it may.
 * @throws Refusal `not_found`, `forbidden`, `conflict` when it does not rest
 */
export async function resumeAudit(
  ctx: ProjectContext,
  { id }: Pick<z.output<typeof AuditIdInput>, 'id'>,
): Promise<AuditSummary> {
  const row = await findAudit(ctx, id)
  if (row.userId !== ctx.session.userId) throw new Refusal('forbidden')
  if (row.state !== 'paused') throw new Refusal('conflict')
  const { sources, keep } = await enter(ctx, row.sources, id)
  const isFirst = await ctx.runtime.store.db.transaction(async (tx) => {
    const resumed = await tx
      .update(auditSnapshot)
      .set({
        state: 'queued',
        pauseReason: null,
        waitUntil: null,
        sources,
        sessionIdHash: ctx.session.idHash,
        revision: sql`${auditSnapshot.revision} + 1`,
      })
      .where(and(eq(auditSnapshot.id, id), eq(auditSnapshot.state, 'paused')))
      .returning({ id: auditSnapshot.id })
    await keep(tx, resumed.length > 0)
    if (resumed.length > 0) await ctx.runtime.engine.submit(tx, 'audit', id)
    return resumed.length > 0
  })
  if (!isFirst) throw new Refusal('conflict')
  return getAudit(ctx, { id })
}

/** The newest audits the caller may see, and what a new one from this project would cover. */
export async function listAudits(ctx: ProjectContext): Promise<AuditList> {
  const rows = await ctx.runtime.store.db
    .select()
    .from(auditSnapshot)
    .where(auditsVisibleTo(ctx))
    .orderBy(desc(auditSnapshot.createdAt), desc(auditSnapshot.id))
    .limit(listed)
  const reach = reachOf(ctx)
  return {
    audits: rows.map((row) => toAuditSummary(row, ctx)),
    reach,
    sourceCount: sourcesOf(ctx, reach).all.length,
  }
}

/** One audit. @throws Refusal `not_found` */
export async function getAudit(
  ctx: ProjectContext,
  { id }: Pick<z.output<typeof AuditIdInput>, 'id'>,
): Promise<AuditSummary> {
  return toAuditSummary(await findAudit(ctx, id), ctx)
}

async function findSame(
  { session, scope }: ProjectContext,
  db: Database,
  reach: AuditReach,
  key: string,
): Promise<AuditRecord | null> {
  const ofUser = and(eq(auditSnapshot.cloud, session.cloud), eq(auditSnapshot.userId, session.userId))
  const [click] = await db
    .select()
    .from(auditSnapshot)
    .where(and(ofUser, eq(auditSnapshot.idempotencyKey, key)))
  if (click) return click
  const [going] = await db
    .select()
    .from(auditSnapshot)
    .where(
      and(
        ofUser,
        eq(auditSnapshot.region, scope.region),
        eq(auditSnapshot.reach, reach),
        inArray(auditSnapshot.state, [...underWay]),
      ),
    )
    .orderBy(desc(auditSnapshot.createdAt))
    .limit(1)
  return going ?? null
}

/** The projects to read with: the administrator's alone, or everything of the person's that lies in this region. */
function sourcesOf(
  { session, scope, project, cloud }: ProjectContext,
  reach: AuditReach,
): { all: AuditSource[]; isCut: boolean } {
  const here: AuditSource = { id: project.id, name: project.name }
  if (reach === 'cloud') return { all: [here], isCut: false }
  const isElsewhere = (name: string) => {
    const home = cloud.config.naming === 'account' ? regionOfProject(name, session.regions) : null
    return home !== null && home !== scope.region
  }
  const others = session.projects
    .filter(({ id, name }) => id !== project.id && !isElsewhere(name))
    .map(({ id, name }): AuditSource => ({ id, name }))
  const all = [here, ...others]
  return { all: all.slice(0, auditLimits.projects), isCut: all.length > auditLimits.projects }
}

/** Obtains a token for each project, and notes which ones can't be entered and what may be done in the others. */
async function enter(ctx: ProjectContext, all: readonly AuditSource[], auditId: string) {
  const scopes = all.map(({ id }): Scope => ({ ...ctx.scope, project: id }))
  const { keep, roles, refused } = await jobTokens(ctx, scopes, auditId)
  const sources = all.map(({ id, name }): AuditSource => {
    const code = refused.get(id)
    if (code !== undefined) return { id, name, code }
    return { id, name, right: onlyRead(ctx.runtime.env, roles.get(id) ?? []) ? 'read' : 'write' }
  })
  return { sources, keep }
}

/** An audit as the caller may know it. */
function toAuditSummary(
  row: AuditRecord,
  { session, runtime }: Pick<ProjectContext, 'session' | 'runtime'>,
): AuditSummary {
  const { waitUntil, signedOffBy, signedOffAt } = row
  const waits = row.state === 'running' && waitUntil !== null && waitUntil.getTime() > runtime.clock.now()
  return {
    id: row.id,
    cloud: row.cloud,
    region: row.region,
    reach: row.reach,
    sources: row.sources,
    state: row.state,
    pauseReason: row.pauseReason,
    code: row.code,
    cancelRequested: row.cancelRequested,
    startedBy: { userId: row.userId, name: row.userName },
    mine: row.userId === session.userId,
    createdAt: row.createdAt.toISOString(),
    startedAt: row.startedAt?.toISOString() ?? null,
    finishedAt: row.finishedAt?.toISOString() ?? null,
    waitsUntil: waits ? waitUntil.toISOString() : null,
    callsPerSecond: row.callsPerSecond,
    progress: {
      imagesListed: row.imagesListed,
      isListed: row.isListed,
      imagesRead: row.imagesRead,
      imagesRefused: row.imagesRefused,
      members: row.members,
      calls: row.calls,
      activeMs: row.activeMs,
    },
    isTruncated: row.isTruncated,
    note: row.note,
    signedOff: signedOffBy && signedOffAt ? { by: signedOffBy, at: signedOffAt.toISOString() } : null,
  }
}
