import 'server-only'
import { cookies, headers } from 'next/headers'
import { notFound, redirect } from 'next/navigation'
import { connection } from 'next/server'
import type { z } from 'zod'
import type { Failure, Result } from '../contracts/errors'
import { ScopeInput } from '../contracts/inputs/scope'
import type { Scope } from '../contracts/scope'
import { paths } from '../paths'
import type { ProjectContext, SessionContext } from './context'
import { failureOf, statusOf } from './failure'
import { Refusal } from './refusal'
import { type Runtime, runtime } from './runtime'
import { cookieName, cookieOptions, openSessionId, sealSessionId } from './session/cookie'
import { inProject } from './session/in-project'
import { findSession, touchSession } from './session/session-rows'

type Verb<Context, Input, Output> = (ctx: Context, input: Input) => Promise<Output>

/** A call by nobody in particular: sign-in. */
export interface OpenContext {
  runtime: Runtime
  requestId: string
  /** The session id of the cookie that came along, if it opens. */
  sid: string | null
  /** Gives the browser another session id, or takes it away. Only actions may. */
  setCookie(sid: string | null): Promise<void>
}

async function openContext(): Promise<OpenContext> {
  const started = await runtime()
  const { env, secrets } = started
  const jar = await cookies()
  const name = cookieName(env)
  return {
    runtime: started,
    requestId: `req-${started.chance.uuid()}`,
    sid: await openSessionId(secrets, jar.get(name)?.value),
    async setCookie(sid) {
      const options = cookieOptions(env)
      if (sid === null) jar.set(name, '', { ...options, maxAge: 0 })
      else jar.set(name, await sealSessionId(secrets, sid), options)
    },
  }
}

/** The caller, from the cookie alone. @throws Refusal `unauthenticated` */
async function sessionContext(signal?: AbortSignal): Promise<SessionContext> {
  const open = await openContext()
  const now = open.runtime.clock.now()
  const session = open.sid === null ? null : await findSession(open.runtime.store, open.sid, now)
  const cloud = session ? open.runtime.clouds.get(session.cloud) : undefined
  if (!session || !cloud) throw new Refusal('unauthenticated')
  return { runtime: open.runtime, requestId: open.requestId, session, cloud, signal }
}

function parse<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const parsed = schema.safeParse(input)
  if (parsed.success) return parsed.data
  const fields = Object.fromEntries(
    parsed.error.issues.map((issue) => [
      String(issue.path[0] ?? 'form'),
      issue.message === 'too_many' ? 'too_many' : 'invalid',
    ]),
  )
  throw new Refusal('invalid_input', { fields })
}

/** Actions are public addresses. Next lets a request without Origin pass; we don't. */
async function checkOrigin(started: Runtime): Promise<void> {
  const given = await headers()
  const site = given.get('sec-fetch-site')
  if (given.get('origin') !== started.env.publicOrigin || (site !== null && site !== 'same-origin')) {
    throw new Refusal('forbidden')
  }
}

async function answer<Output>(operation: string, run: () => Promise<Output>): Promise<Result<Output>> {
  const requestId = `req-${crypto.randomUUID()}`
  try {
    return { ok: true, value: await run() }
  } catch (error) {
    return { ok: false, failure: failureOf(error, requestId, operation) }
  }
}

/** An action before sign-in. */
export function openAction<Schema extends z.ZodType, Output>(
  name: string,
  schema: Schema,
  verb: Verb<OpenContext, z.output<Schema>, Output>,
): (input: z.input<Schema>) => Promise<Result<Output>> {
  return (input) =>
    answer(name, async () => {
      const ctx = await openContext()
      await checkOrigin(ctx.runtime)
      return verb(ctx, parse(schema, input))
    })
}

/**
 * An action of somebody signed in, about the session itself and no project: it changes nothing in the cloud, and so is open
 * to sessions that may only read.
 */
export function sessionAction<Schema extends z.ZodType, Output>(
  name: string,
  schema: Schema,
  verb: Verb<SessionContext, z.output<Schema>, Output>,
): (input: z.input<Schema>) => Promise<Result<Output>> {
  return (input) =>
    answer(name, async () => {
      const ctx = await sessionContext()
      await checkOrigin(ctx.runtime)
      await touchSession(ctx.runtime.store, ctx.session, ctx.runtime.clock.now())
      return verb(ctx, parse(schema, input))
    })
}

/** An action in the project its input names. A session that may only read is refused. */
export function scopedAction<Schema extends z.ZodType<Scope>, Output>(
  name: string,
  schema: Schema,
  verb: Verb<ProjectContext, z.output<Schema>, Output>,
): (input: z.input<Schema>) => Promise<Result<Output>> {
  return sessionAction(name, schema, (ctx, input) =>
    inProject(ctx, scopeOf(input), true, (project) => verb(project, input)),
  )
}

/**
 * An action on something of ours that belongs to a project, such as a job: `find` answers where, or refuses what the caller
 * may not see. A session that may only read there is refused.
 */
export function foundAction<Schema extends z.ZodType, Output>(
  name: string,
  schema: Schema,
  find: Verb<SessionContext, z.output<Schema>, Scope>,
  verb: Verb<ProjectContext, z.output<Schema>, Output>,
): (input: z.input<Schema>) => Promise<Result<Output>> {
  return sessionAction(name, schema, async (ctx, input) =>
    inProject(ctx, await find(ctx, input), true, (project) => verb(project, input)),
  )
}

/**
 * An action in the project its input names that changes nothing in the cloud and no rule of ours: reading it for an audit, a
 * note on one. Open to sessions that may only read, because that is what those are for.
 */
export function reviewAction<Schema extends z.ZodType<Scope>, Output>(
  name: string,
  schema: Schema,
  verb: Verb<ProjectContext, z.output<Schema>, Output>,
): (input: z.input<Schema>) => Promise<Result<Output>> {
  return sessionAction(name, schema, (ctx, input) =>
    inProject(ctx, scopeOf(input), false, (project) => verb(project, input)),
  )
}

const scopeOf = ({ cloud, region, project }: Scope): Scope => ({ cloud, region, project })

type RouteContext = { params: Promise<Record<string, string | string[] | undefined>> }

function handler<Schema extends z.ZodType, Output>(
  name: string,
  schema: Schema,
  run: (ctx: SessionContext, input: z.output<Schema>) => Promise<Output>,
  respond: (value: Output) => Response = (value) => Response.json(value),
) {
  return async (request: Request, route: RouteContext): Promise<Response> => {
    await connection()
    const result = await answer(name, async () => {
      const ctx = await sessionContext(request.signal)
      const query = Object.fromEntries(new URL(request.url).searchParams)
      return run(ctx, parse(schema, { ...query, ...(await route.params) }))
    })
    const response = result.ok ? respond(result.value) : refuse(result.failure)
    // Nobody takes this body: a file that is begun for it would wait for ever.
    if (request.method === 'HEAD') await response.body?.cancel()
    return response
  }
}

const refuse = (failure: Failure) => Response.json({ failure }, { status: statusOf[failure.code] })

/** A GET handler for somebody signed in. Does not count as activity: browsers poll. */
export function read<Schema extends z.ZodType, Output>(
  name: string,
  schema: Schema,
  verb: Verb<SessionContext, z.output<Schema>, Output>,
) {
  return handler(name, schema, verb)
}

/** A file to save. Its name is made of letters, digits, `-`, `_` and `.` alone. */
export interface Download {
  fileName: string
  contentType: string
  body: ReadableStream<Uint8Array>
}

/** A GET handler whose answer the browser saves, and takes as fast as it can. */
export function download<Schema extends z.ZodType>(
  name: string,
  schema: Schema,
  verb: Verb<SessionContext, z.output<Schema>, Download>,
) {
  return handler(name, schema, verb, toFile)
}

const toFile = ({ fileName, contentType, body }: Download) =>
  new Response(body, {
    headers: {
      'content-type': contentType,
      'content-disposition': `attachment; filename="${fileName}"`,
    },
  })

/** A GET handler in the project its query names. */
export function scopedRead<Schema extends z.ZodType<Scope>, Output>(
  name: string,
  schema: Schema,
  verb: Verb<ProjectContext, z.output<Schema>, Output>,
) {
  return handler(name, schema, (ctx, input) =>
    inProject(ctx, scopeOf(input), false, (project) => verb(project, input)),
  )
}

/** The same in the project its query names. */
export function scopedDownload<Schema extends z.ZodType<Scope>>(
  name: string,
  schema: Schema,
  verb: Verb<ProjectContext, z.output<Schema>, Download>,
) {
  return handler(
    name,
    schema,
    (ctx, input) => inProject(ctx, scopeOf(input), false, (project) => verb(project, input)),
    toFile,
  )
}

/** The caller of an event stream, or the refusal to answer with. */
export async function openStream(request: Request): Promise<SessionContext | Response> {
  await connection()
  const result = await answer('events', () => sessionContext(request.signal))
  return result.ok ? result.value : refuse(result.failure)
}

/** For the frame round the pages: the caller, or null. Each page finds the way to the sign-in page and back itself. */
export async function optionalSession(): Promise<SessionContext | null> {
  await connection()
  try {
    return await sessionContext()
  } catch (error) {
    if (error instanceof Refusal && error.code === 'unauthenticated') return null
    throw error
  }
}

/** For pages: the caller, or the way to the sign-in page and back to `path`. */
export async function requireSession(path: string): Promise<SessionContext> {
  const ctx = (await optionalSession()) ?? redirect(paths.signIn(path))
  const given = await headers()
  const prefetch = given.get('next-router-prefetch') ?? given.get('purpose') ?? given.get('sec-purpose')
  if (!prefetch) await touchSession(ctx.runtime.store, ctx.session, ctx.runtime.clock.now())
  return ctx
}

/** For pages in a project: what `run` needs from that project, or why it can't be had. */
export async function pageInProject<Output>(
  path: string,
  params: unknown,
  run: (ctx: ProjectContext) => Promise<Output>,
): Promise<Result<Output>> {
  const ctx = await requireSession(path)
  const scope = ScopeInput.safeParse(params)
  if (!scope.success) notFound()
  const result = await answer(`page ${path.split('?')[0]}`, () => inProject(ctx, scope.data, false, run))
  if (!result.ok && result.failure.code === 'unauthenticated') redirect(paths.signIn(path))
  if (!result.ok && ['not_found', 'project_not_usable', 'image_not_found'].includes(result.failure.code))
    notFound()
  return result
}

/** For the sign-in page: what may be known before anybody is. */
export async function signInPage<Output>(verb: (started: Runtime) => Output): Promise<Output> {
  await connection()
  return verb(await runtime())
}

/** For pages of one thing: the thing, or the not-found page. */
export async function foundOr404<Output>(find: () => Promise<Output>): Promise<Output> {
  try {
    return await find()
  } catch (error) {
    if (error instanceof Refusal && error.code === 'not_found') notFound()
    throw error
  }
}
