import { randomUUID } from 'node:crypto'
import { expect } from 'playwright/test'
import type { JobView } from '../../lib/contracts/jobs.ts'
import { MockCloud } from '../mock-cloud/control-client.ts'
import type { FaultKind, FaultSpec } from '../mock-cloud/faults.ts'
import { newId } from '../mock-cloud/ids.ts'
import { startMockCloud } from '../mock-cloud/server.ts'
import { type ActionAnswer, callAction, cloudName, valueIn } from '../tools/action-client.ts'
import type { Evidence } from '../tools/canary-search.ts'
import { type Dashboard, startDashboard } from '../tools/dashboard.ts'
import { EventStream } from '../tools/event-stream.ts'
import { type Answer, ask, type Question } from '../tools/raw-http.ts'
import type { StoreHome } from '../tools/store-home.ts'
import { makeTenant, type Tenant } from './fixtures.ts'
import { protectedUrls } from './protected-urls.ts'
import { memberWrites } from './share-run.ts'

export interface Canaries {
  token: string
  password: string
  /** Typed by mistake: never right, and still somebody's secret. */
  wrongPassword: string
}

/**
 * A cloud whose tokens and password are canaries, a dashboard, and a record of everything the dashboard said. Tokens have
 * Keystone's length when `tokenLength` is null.
 */
export async function openCanaryLife(home: StoreHome, canaries: Canaries, tokenLength: number | null) {
  const running = await startMockCloud({ seed: 'empty' })
  const cloud = new MockCloud(running.controlUrl)
  await cloud.set({ tokenStart: canaries.token, tokenLength })
  // Signing in wrongly in every way there is must not end in waiting.
  const env = { SHAREBOARD_SIGN_IN_FAILURES: '1000' }
  const start = (port?: number) => startDashboard({ authUrl: running.authUrl, port, env, ...home.settings })
  let dashboard = await start()
  const said: Evidence[] = []
  const logs: Dashboard[] = [dashboard]
  const streams: EventStream[] = []
  const tenant = await makeTenant({ cloud, dashboard }, canaries.password)

  const note = (what: string, answer: Answer) => {
    const content = Buffer.concat([Buffer.from(JSON.stringify(answer.headers)), answer.body])
    said.push({ place: `answer to ${what}`, content })
    return answer
  }

  return {
    cloud,
    tenant,
    get: async (path: string, question: Question = {}) =>
      note(`GET ${path}`, await ask(dashboard, path, question)),
    async act(name: string, input: unknown, cookie?: string): Promise<ActionAnswer> {
      const call = await callAction(dashboard, name, input, { cookie })
      note(`action ${name}`, call.answer)
      return call
    },
    async listen(cookie: string): Promise<EventStream> {
      const stream = await EventStream.open(dashboard, cookie)
      streams.push(stream)
      return stream
    },
    /** Ends the server, hard or softly, looks at what it left behind, and starts the next one. */
    async restart(how: 'kill' | 'stop'): Promise<Evidence[]> {
      await dashboard[how]()
      const left = await home.evidence()
      dashboard = await start(dashboard.port)
      logs.push(dashboard)
      return left
    },
    stop: () => dashboard.stop(),
    /** What it said to browsers and to its log. */
    said: (): Evidence[] => [
      ...said,
      ...streams.map(({ text }) => ({ place: 'event stream', content: Buffer.from(text) })),
      ...logs.map((each) => ({ place: 'log', content: Buffer.from(each.log()) })),
    ],
    async close(): Promise<void> {
      await cloud.endHolds()
      await dashboard.stop()
      await running.stop()
    },
  }
}

export type CanaryLife = Awaited<ReturnType<typeof openCanaryLife>>

/** Every way in which a cloud may answer badly and have a secret in its answer. */
export function echoes(secret: string): FaultKind[] {
  const text = `{"error": {"message": "the token ${secret} is not good", "token": "${secret}"}}`
  const headers = { 'X-Echo': secret, 'WWW-Authenticate': `Keystone uri="${secret}"`, Location: `/${secret}` }
  const html = `<html><title>${secret}</title><body>X-Auth-Token: ${secret}</body></html>`
  const statuses = [500, 503, 401, 403, 404, 409, 413, 429, 400, 302, 200]
  return [
    ...statuses.map((status): FaultKind => ({ kind: 'answer', status, headers, body: text })),
    { kind: 'answer', status: 502, headers, body: html },
    { kind: 'answer', status: 200, headers, body: html },
    { kind: 'answer', status: 200, headers, body: text.slice(0, 40) },
    { kind: 'mangle', how: 'invalid-utf8' },
    { kind: 'reset' },
  ]
}

/** Reads every page as HTML and as a flight answer, and every handler. */
export async function readEverything(life: CanaryLife, tenant: Tenant, cookie: string): Promise<void> {
  const { pages, handlers } = protectedUrls(tenant)
  for (const { path, query } of [...pages, ...handlers, { path: '/sign-in', query: '' }]) {
    await life.get(path + query, { headers: { cookie } })
  }
  for (const { path, query } of pages) {
    const flight = { cookie, rsc: '1' }
    const hop = await life.get(path + query, { headers: flight })
    if (hop.headers.location?.startsWith('/')) await life.get(hop.headers.location, { headers: flight })
  }
}

/** Runs something while the cloud answers badly, in each of the ways. */
export async function throughFaults(
  life: CanaryLife,
  faults: readonly FaultKind[],
  where: Omit<FaultSpec, 'fault'>,
  run: () => Promise<unknown>,
): Promise<void> {
  for (const fault of faults) {
    const id = await life.cloud.fault({ ...where, fault })
    await run()
    await life.cloud.removeFault(id)
  }
}

const credentials = ({ person }: Tenant, password = person.password) => ({
  method: 'password',
  cloud: cloudName,
  domain: 'Default',
  user: person.user,
  password,
})

/** Signs in, wrongly in every way and then rightly. Answers the cookie. */
export async function signInSomehow(life: CanaryLife, canaries: Canaries): Promise<string> {
  const { tenant } = life
  const wrong = credentials(tenant, canaries.wrongPassword)
  await life.act('signIn', wrong)
  await life.act('signIn', { ...wrong, user: 'nobody' })
  await life.act('signIn', { ...wrong, cloud: 'nowhere' })
  await life.act('signIn', { ...wrong, domain: { name: canaries.wrongPassword } })
  await life.act('signIn', { ...credentials(tenant), password: [canaries.password] })
  await life.act('renewSession', {
    method: 'password',
    cloud: cloudName,
    userId: tenant.userId,
    password: canaries.wrongPassword,
  })
  const identity = { service: 'identity', path: '^/v3/auth/' } as const
  const faults = [...echoes(canaries.token), ...echoes(canaries.password)]
  await throughFaults(life, faults, identity, () => life.act('signIn', credentials(tenant)))
  const { answer } = await life.act('signIn', credentials(tenant))
  const cookie = answer.cookies[0]?.split(';')[0] ?? ''
  const renewal = { method: 'password', cloud: cloudName, userId: tenant.userId, password: canaries.password }
  const renewed = await life.act('renewSession', renewal, cookie)
  valueIn(renewed)
  return renewed.answer.cookies[0]?.split(';')[0] ?? ''
}

/** Starts a share of all images with so many new projects; its id. */
export async function startShare(life: CanaryLife, cookie: string, projects: number): Promise<string> {
  const { scope, images } = life.tenant
  const targets = { images, projects: Array.from({ length: projects }, newId) }
  const input = { ...scope, kind: 'share', ...targets, idempotencyKey: randomUUID() }
  return valueIn<JobView>(await life.act('startJob', input, cookie)).id
}

export async function stateOf(life: CanaryLife, cookie: string, id: string): Promise<string> {
  const answer = await life.get(`/api/jobs/${id}`, { headers: { cookie } })
  return (JSON.parse(answer.text) as JobView).state
}

/** Jobs that fail in many ways, one that is killed half way, one whose token dies. Answers what the kill left behind. */
export async function workSomehow(life: CanaryLife, cookie: string, canaries: Canaries): Promise<Evidence[]> {
  const faults = echoes(canaries.token).filter(({ kind }) => kind === 'answer')
  for (const fault of faults) {
    await life.cloud.fault({ ...memberWrites, projectId: life.tenant.scope.project, times: 2, fault })
    await startShare(life, cookie, 1)
  }
  await life.cloud.clearFaults()
  const hold = await life.cloud.hold({ ...memberWrites, phase: 'answer' })
  const id = await startShare(life, cookie, 4)
  await hold.waitFor(4)
  const left = await life.restart('kill')
  await hold.remove()
  await expect.poll(() => stateOf(life, cookie, id), { timeout: 45_000 }).toBe('succeeded')
  return left
}
