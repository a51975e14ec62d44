import { sql } from 'drizzle-orm'
import {
  bigserial,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import type {
  AuditMember,
  AuditPolicy,
  AuditReach,
  AuditSide,
  AuditSource,
  AuditState,
  ProjectStanding,
} from '../../contracts/audits'
import type { ErrorCode } from '../../contracts/errors'
import type { Visibility } from '../../contracts/images'
import type {
  ItemState,
  JobKind,
  JobState,
  JobTarget,
  PauseReason,
  UpstreamJobView,
} from '../../contracts/jobs'
import type { ProjectRef } from '../../contracts/scope'
import type { SignInMethod } from '../../contracts/session'

const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

/** Who is signed in. Written and read by the session room only; the key is a hash, so a stolen dump opens nothing. */
export const session = pgTable(
  'session',
  {
    idHash: text('id_hash').primaryKey(),
    cloud: text('cloud').notNull(),
    userId: text('user_id').notNull(),
    userName: text('user_name').notNull(),
    domainId: text('domain_id').notNull(),
    domainName: text('domain_name').notNull(),
    projects: jsonb('projects').$type<ProjectRef[]>().notNull(),
    projectsReadAt: at('projects_read_at').notNull(),
    regions: jsonb('regions').$type<string[]>().notNull(),
    method: text('method').$type<SignInMethod>().notNull().default('password'),
    /** False where the cloud ties the session's token to its project; null while nobody has tried. */
    canRescope: boolean('can_rescope'),
    /** Chosen at sign-in: this session changes nothing, whatever its roles allow. */
    readOnly: boolean('read_only').notNull().default(false),
    createdAt: at('created_at').notNull(),
    lastSeenAt: at('last_seen_at').notNull(),
    /** The earlier of the absolute limit and the token's end. */
    endsAt: at('ends_at').notNull(),
  },
  (table) => [index('session_ends_at').on(table.endsAt)],
)

/**
 * Tokens, sealed with the row's id as associated data. A row belongs to a session, to a job, or to nobody: then it waits
 * to be revoked. Written by sign-in, scope use, jobs and sign-out; read by the gate, the worker and the revoker.
 */
export const token = pgTable(
  'token',
  {
    id: uuid('id').primaryKey(),
    cloud: text('cloud').notNull(),
    sessionIdHash: text('session_id_hash'),
    jobId: uuid('job_id'),
    /** Null for the unscoped token, which goes to Keystone only. */
    projectId: text('project_id'),
    projectName: text('project_name'),
    domainId: text('domain_id'),
    region: text('region'),
    imageEndpoint: text('image_endpoint'),
    roles: jsonb('roles').$type<string[]>().notNull(),
    sealed: text('sealed').notNull(),
    expiresAt: at('expires_at').notNull(),
    revokeDueAt: at('revoke_due_at'),
    revokeUntil: at('revoke_until'),
    revokeAttempts: integer('revoke_attempts').notNull().default(0),
  },
  (table) => [
    uniqueIndex('token_of_session').on(table.sessionIdHash, table.region, table.projectId),
    index('token_of_job').on(table.jobId),
    index('token_to_revoke').on(table.revokeDueAt),
  ],
)

/**
 * A sign-in that waits for a one-time code: the receipt the cloud gave for the first step, sealed with the row's id.
 * Written and read by sign-in alone; gone after five minutes.
 */
export const signInStep = pgTable('sign_in_step', {
  id: uuid('id').primaryKey(),
  cloud: text('cloud').notNull(),
  sealed: text('sealed').notNull(),
  expiresAt: at('expires_at').notNull(),
})

/**
 * Refused sign-ins of the last minutes, by a hash of cloud, domain and user: so that our form locks nobody out of the cloud.
 * Written and read by sign-in alone.
 */
export const signInFailure = pgTable(
  'sign_in_failure',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    who: text('who').notNull(),
    at: at('at').notNull(),
  },
  (table) => [index('sign_in_failure_of').on(table.who, table.at)],
)

/** One bulk act. Read by everybody who may use its project; resumed only by the user who started it. */
export const job = pgTable(
  'job',
  {
    id: uuid('id').primaryKey(),
    cloud: text('cloud').notNull(),
    region: text('region').notNull(),
    domainId: text('domain_id').notNull(),
    projectId: text('project_id').notNull(),
    projectName: text('project_name').notNull(),
    userId: text('user_id').notNull(),
    userName: text('user_name').notNull(),
    sessionIdHash: text('session_id_hash'),
    kind: text('kind').$type<JobKind>().notNull(),
    state: text('state').$type<JobState>().notNull(),
    pauseReason: text('pause_reason').$type<PauseReason>(),
    cancelRequested: boolean('cancel_requested').notNull().default(false),
    /** The cloud asked for patience until then; of no meaning once it is past. */
    waitUntil: at('wait_until'),
    /** Counts the workers that took this job; only the newest one may write. */
    attempt: integer('attempt').notNull().default(0),
    revision: integer('revision').notNull().default(0),
    images: jsonb('images').$type<JobTarget[]>().notNull(),
    projects: jsonb('projects').$type<JobTarget[]>().notNull(),
    idempotencyKey: uuid('idempotency_key').notNull(),
    inputHash: text('input_hash').notNull(),
    retryOf: uuid('retry_of'),
    /** The backup vault a full-server image is accepted into (IMS). */
    vaultId: text('vault_id'),
    createdAt: at('created_at').notNull(),
    startedAt: at('started_at'),
    finishedAt: at('finished_at'),
  },
  (table) => [
    uniqueIndex('job_once').on(table.cloud, table.userId, table.idempotencyKey),
    index('job_of_project').on(table.cloud, table.projectId, table.createdAt),
    index('job_of_session').on(table.sessionIdHash),
  ],
)

/** One image × project pair of a job. `state = running` is the stored intent, written before the call. */
export const jobItem = pgTable(
  'job_item',
  {
    jobId: uuid('job_id').notNull(),
    seq: integer('seq').notNull(),
    /** Index into the job's images and projects. */
    image: smallint('image').notNull(),
    project: smallint('project').notNull(),
    state: text('state').$type<ItemState>().notNull(),
    code: text('code').$type<ErrorCode>(),
    values: jsonb('values').$type<Record<string, string | number>>(),
    upstreamRequestId: text('upstream_request_id'),
    startedAt: at('started_at'),
    finishedAt: at('finished_at'),
  },
  (table) => [
    primaryKey({ columns: [table.jobId, table.seq] }),
    index('job_item_open')
      .on(table.jobId, table.seq)
      .where(sql`${table.state} in ('waiting', 'running', 'unknown')`),
  ],
)

/**
 * One call of a batch job to the cloud: a full rectangle of the job's pairs. Stored before it is sent, with the cloud's own
 * job id once that is known. Written by the worker that has the job; read with it.
 */
export const jobCall = pgTable(
  'job_call',
  {
    jobId: uuid('job_id').notNull(),
    seq: integer('seq').notNull(),
    /** Indexes into the job's images and projects. */
    images: jsonb('images').$type<number[]>().notNull(),
    projects: jsonb('projects').$type<number[]>().notNull(),
    state: text('state').$type<UpstreamJobView['state']>().notNull(),
    upstreamJobId: text('upstream_job_id'),
    upstreamRequestId: text('upstream_request_id'),
    code: text('code').$type<ErrorCode>(),
    startedAt: at('started_at').notNull(),
    /** Null until the members have been read and every pair of it has its outcome. */
    finishedAt: at('finished_at'),
  },
  (table) => [primaryKey({ columns: [table.jobId, table.seq] })],
)

/**
 * Everything done through the dashboard. Append-only, which a trigger of its migration holds: an act leaves an intent row and
 * an outcome row.
 */
export const activity = pgTable(
  'activity',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    at: at('at').notNull(),
    act: uuid('act').notNull(),
    phase: text('phase').$type<'intent' | 'outcome'>().notNull(),
    verb: text('verb').notNull(),
    cloud: text('cloud').notNull(),
    region: text('region'),
    domainId: text('domain_id').notNull(),
    projectId: text('project_id'),
    userId: text('user_id').notNull(),
    userName: text('user_name').notNull(),
    targets: jsonb('targets').$type<Record<string, unknown>>().notNull(),
    outcome: text('outcome'),
    code: text('code'),
    upstreamRequestId: text('upstream_request_id'),
    jobId: uuid('job_id'),
  },
  (table) => [
    index('activity_of_project').on(table.cloud, table.projectId, table.at),
    index('activity_in_order').on(table.cloud, table.at, table.id),
    index('activity_of_act').on(table.act),
  ],
)

/**
 * One reading of images and their members; the row is the job while it runs and the snapshot afterwards. A cloud-wide one is
 * read by the cloud's administrators, another by the user who started it. Written by the worker that has it, and by who
 * notes something on it; removed by retention alone.
 */
export const auditSnapshot = pgTable(
  'audit_snapshot',
  {
    id: uuid('id').primaryKey(),
    cloud: text('cloud').notNull(),
    region: text('region').notNull(),
    domainId: text('domain_id').notNull(),
    /** The project it was asked for in. */
    projectId: text('project_id').notNull(),
    projectName: text('project_name').notNull(),
    userId: text('user_id').notNull(),
    userName: text('user_name').notNull(),
    sessionIdHash: text('session_id_hash'),
    reach: text('reach').$type<AuditReach>().notNull(),
    sources: jsonb('sources').$type<AuditSource[]>().notNull(),
    state: text('state').$type<AuditState>().notNull(),
    pauseReason: text('pause_reason').$type<PauseReason>(),
    code: text('code').$type<ErrorCode>(),
    cancelRequested: boolean('cancel_requested').notNull().default(false),
    waitUntil: at('wait_until'),
    callsPerSecond: integer('calls_per_second'),
    /** Counts the workers that took it; only the newest one may write. */
    attempt: integer('attempt').notNull().default(0),
    revision: integer('revision').notNull().default(0),
    /** Where each list of images was left off, for the run that goes on: list name to marker, null once it is read. */
    markers: jsonb('markers').$type<Record<string, string | null>>().notNull().default({}),
    isListed: boolean('is_listed').notNull().default(false),
    isTruncated: boolean('is_truncated').notNull().default(false),
    imagesListed: integer('images_listed').notNull().default(0),
    imagesRead: integer('images_read').notNull().default(0),
    imagesRefused: integer('images_refused').notNull().default(0),
    members: integer('members').notNull().default(0),
    calls: integer('calls').notNull().default(0),
    activeMs: integer('active_ms').notNull().default(0),
    idempotencyKey: uuid('idempotency_key').notNull(),
    createdAt: at('created_at').notNull(),
    startedAt: at('started_at'),
    finishedAt: at('finished_at'),
    note: text('note').notNull().default(''),
    signedOffBy: text('signed_off_by'),
    signedOffAt: at('signed_off_at'),
  },
  (table) => [
    uniqueIndex('audit_once').on(table.cloud, table.userId, table.idempotencyKey),
    index('audit_of_region').on(table.cloud, table.region, table.createdAt),
    index('audit_of_session').on(table.sessionIdHash),
  ],
)

/** One image of an audit, with its members once they are read. Written by the worker that has the audit. */
export const auditImage = pgTable(
  'audit_image',
  {
    auditId: uuid('audit_id').notNull(),
    imageId: text('image_id').notNull(),
    /** Counts the images of the audit as they are read, so that a screen asks for what is new; null before. */
    seq: integer('seq'),
    name: text('name').notNull(),
    owner: text('owner'),
    status: text('status').notNull(),
    visibility: text('visibility').$type<Visibility>().notNull(),
    hidden: boolean('hidden').notNull(),
    createdAt: text('created_at').notNull(),
    updatedAt: text('updated_at').notNull(),
    side: text('side').$type<AuditSide>().notNull(),
    /** Projects whose tokens read its members, first the one to act from. */
    via: jsonb('via').$type<string[]>().notNull(),
    state: text('state').$type<'waiting' | 'read' | 'refused'>().notNull(),
    code: text('code').$type<ErrorCode>(),
    members: jsonb('members').$type<AuditMember[]>().notNull().default([]),
    /** Whether it had members in an earlier audit that its present visibility hides: they live again when it is switched back. */
    hadMembers: boolean('had_members').notNull().default(false),
  },
  (table) => [
    primaryKey({ columns: [table.auditId, table.imageId] }),
    index('audit_image_in_order').on(table.auditId, table.seq),
    index('audit_image_waiting').on(table.auditId, table.imageId).where(sql`${table.state} = 'waiting'`),
  ],
)

/** What the identity service said of a project that owns or receives an image of the audit. */
export const auditProject = pgTable(
  'audit_project',
  {
    auditId: uuid('audit_id').notNull(),
    projectId: text('project_id').notNull(),
    name: text('name'),
    domainId: text('domain_id'),
    domainName: text('domain_name'),
    standing: text('standing').$type<ProjectStanding>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.auditId, table.projectId] })],
)

/**
 * What counts as a finding. `keeper` is empty for the one list that the administrators of a cloud keep together, else the
 * user whose own it is.
 */
export const auditPolicy = pgTable(
  'audit_policy',
  {
    cloud: text('cloud').notNull(),
    keeper: text('keeper').notNull(),
    policy: jsonb('policy').$type<AuditPolicy>().notNull(),
    changedBy: text('changed_by').notNull(),
    changedAt: at('changed_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.cloud, table.keeper] })],
)

/** Small things a user chose, for example the project last used. Private to that user of that cloud. */
export const preference = pgTable(
  'preference',
  {
    cloud: text('cloud').notNull(),
    userId: text('user_id').notNull(),
    key: text('key').notNull(),
    value: jsonb('value').notNull(),
  },
  (table) => [primaryKey({ columns: [table.cloud, table.userId, table.key] })],
)

/** What was learnt about a cloud, for example its member limit. The same for all users. */
export const cloudFact = pgTable(
  'cloud_fact',
  {
    cloud: text('cloud').notNull(),
    region: text('region').notNull(),
    key: text('key').notNull(),
    value: jsonb('value').notNull(),
    learntAt: at('learnt_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.cloud, table.region, table.key] })],
)
