import { randomUUID } from 'node:crypto'
import { expect } from 'playwright/test'
import { defaultPolicy } from '../../lib/contracts/audits.ts'
import { newId } from '../mock-cloud/ids.ts'
import { type ActionAnswer, callAction, cloudName, codeOf, signIn, valueIn } from '../tools/action-client.ts'
import { builtActions } from '../tools/build-manifests.ts'
import { ask } from '../tools/raw-http.ts'
import { type House, type Tenant, test } from './fixtures.ts'

// R1, R3: every action is a public address. What each needs to go through, so that a refusal has one reason alone.
const inputs: Record<string, (tenant: Tenant) => Record<string, unknown>> = {
  signIn: ({ person }) => ({ method: 'password', cloud: cloudName, domain: 'Default', ...person }),
  renewSession: ({ person, userId }) => ({
    method: 'password',
    cloud: cloudName,
    userId,
    password: person.password,
  }),
  enterProject: ({ person, scope }) => ({ ...scope, method: 'password', password: person.password }),
  signOut: () => ({ runningJobs: 'pause' }),
  rememberScope: ({ scope }) => ({ ...scope }),
  setVisibility: ({ scope, images }) => ({ ...scope, imageId: images[1], visibility: 'private' }),
  startJob: ({ scope, images }) => ({
    ...scope,
    kind: 'share',
    images: [images[1]],
    projects: [newId()],
    idempotencyKey: randomUUID(),
  }),
  retryJob: ({ jobId }) => ({ id: jobId, idempotencyKey: randomUUID() }),
  cancelJob: ({ jobId }) => ({ id: jobId }),
  resumeJob: ({ jobId }) => ({ id: jobId }),
  startAudit: ({ scope }) => ({ ...scope, idempotencyKey: randomUUID() }),
  cancelAudit: ({ scope, auditId }) => ({ ...scope, id: auditId }),
  resumeAudit: ({ scope, auditId }) => ({ ...scope, id: auditId }),
  noteAudit: ({ scope, auditId }) => ({ ...scope, id: auditId, before: '', note: 'seen' }),
  signOffAudit: ({ scope, auditId }) => ({ ...scope, id: auditId, note: 'seen' }),
  saveAuditPolicy: ({ scope }) => ({
    ...scope,
    policy: { ...defaultPolicy, pendingDays: 7 },
    seen: null,
  }),
}
/** Those that somebody without a session may call. */
const open = ['signIn', 'renewSession', 'signOut']
/** Those that change nothing in the cloud and no rule of ours: the session's own, and looking into audits. */
const harmless = [
  ...open,
  'enterProject',
  'rememberScope',
  'startAudit',
  'cancelAudit',
  'resumeAudit',
  'noteAudit',
  'signOffAudit',
]
const scoped = ['setVisibility', 'startJob']
const ofAJob = ['retryJob', 'cancelJob', 'resumeJob']
const ofAnAudit = ['cancelAudit', 'resumeAudit', 'noteAudit', 'signOffAudit']

const names = () => builtActions().map(({ name }) => name)

/** Runs what must be refused, and then asks whether it was: nothing changed anywhere, and the session is alive. */
async function refusing(house: House, tenant: Tenant, act: () => Promise<void>): Promise<void> {
  const rows = () =>
    house.database.query(
      'select (select count(*) from job) jobs, (select count(*) from session) sessions, (select count(*) from preference) kept, (select count(*) from audit_policy) rules, (select jsonb_agg(array[id::text, state, note, signed_off_by] order by id) from audit_snapshot) audits',
    )
  const [before, { last }] = [await rows(), await house.cloud.ledger()]
  await act()
  const { calls } = await house.cloud.ledger({ since: last })
  expect(calls.filter(({ service, changed }) => service === 'image' && changed)).toEqual([])
  expect(await rows()).toEqual(before)
  const alive = await ask(house.dashboard, '/api/session', { headers: { cookie: tenant.cookie } })
  expect(alive.status).toBe(200)
}

const said = ({ result }: ActionAnswer) => {
  const failure = result && !result.ok ? result.failure : undefined
  return { ...failure, requestId: '…', upstreamRequestId: '…' }
}

test('R3: these tests know every action of the build', () => {
  expect(names().toSorted()).toEqual(Object.keys(inputs).toSorted())
})

test('R1: a foreign, absent or null Origin is refused at every action', async ({ house, own }) => {
  const origins = [null, 'null', '', 'https://evil.test', `${house.dashboard.origin}.evil.test`]
  const near = [house.dashboard.origin.replace('http:', 'https:'), `${house.dashboard.origin}/`]
  const port = house.dashboard.origin.replace(/\d+$/, '1')
  await refusing(house, own, async () => {
    for (const name of names()) {
      for (const origin of [...origins, ...near, port]) {
        const { cookie } = own
        const refused = await callAction(house.dashboard, name, inputs[name]?.(own), {
          cookie,
          headers: { origin },
        })
        expect.soft([refused.answer.status, refused.result], `${name} ${origin}`).toEqual([403, null])
        expect.soft(refused.answer.cookies, name).toEqual([])
      }
    }
  })
})

test('R1: a Sec-Fetch-Site other than same-origin is refused at every action', async ({ house, own }) => {
  await refusing(house, own, async () => {
    for (const name of names()) {
      for (const site of ['cross-site', 'same-site', 'none', '']) {
        const headers = { 'sec-fetch-site': site }
        const { cookie } = own
        const refused = await callAction(house.dashboard, name, inputs[name]?.(own), { cookie, headers })
        expect.soft(codeOf(refused), `${name} ${site}`).toBe('forbidden')
        expect.soft(refused.answer.cookies, name).toEqual([])
      }
    }
  })
})

test('R3: without a session every action but signing in and out is refused', async ({ house, own }) => {
  const gone = await signIn(house.dashboard, own.person)
  valueIn(await callAction(house.dashboard, 'signOut', {}, { cookie: gone }))
  await refusing(house, own, async () => {
    for (const name of names().filter((each) => !open.includes(each))) {
      for (const cookie of [null, 'sid=junk', gone]) {
        const refused = await callAction(house.dashboard, name, inputs[name]?.(own), { cookie })
        expect.soft(codeOf(refused), name).toBe('unauthenticated')
      }
    }
  })
})

const junk = [
  null,
  1,
  true,
  'text',
  [],
  { cloud: 'x', id: 'x', runningJobs: 'x' },
  { __proto__: null, id: {} },
]
/** Bodies that are no arguments at all, or that ask the decoder for more than data. */
const brokenBodies = ['', '{', '[', 'null', '["$F1"]', '["$B0"]', '["$1:__proto__"]', '["$n9n"]']
/** These decode to an empty form and to a promise: objects without a field. */
const emptyObjects = ['["$K9"]', '["$@0"]']

test('R3: junk for input is refused at every action', async ({ house, own }) => {
  await refusing(house, own, async () => {
    for (const name of names()) {
      const { cookie } = own
      // Signing out asks for nothing, so an object without fields is enough for it.
      const needsFields = name !== 'signOut'
      for (const input of needsFields ? junk : junk.slice(0, -1)) {
        const refused = await callAction(house.dashboard, name, input, { cookie })
        expect.soft(codeOf(refused), `${name} ${JSON.stringify(input)}`).toBe('invalid_input')
      }
      for (const body of needsFields ? [...brokenBodies, ...emptyObjects] : brokenBodies) {
        const { answer, result } = await callAction(house.dashboard, name, null, { cookie, body })
        expect.soft(result?.ok ?? false, `${name} ${body}`).toBe(false)
        expect.soft(answer.text, `${name} ${body}`).not.toMatch(/node_modules|\.next\/|at \w+ \(/)
      }
    }
  })
})

test("L1: another tenant's project and images are refused as unknown ones are", async ({
  house,
  own,
  other,
}) => {
  const { cookie } = own
  const ask = async (name: string, as: Tenant) =>
    said(await callAction(house.dashboard, name, inputs[name]?.(as), { cookie }))
  const nobody = { ...own, scope: { ...own.scope, project: newId() } }
  await refusing(house, own, async () => {
    for (const name of scoped) {
      const theirs = await ask(name, other)
      expect.soft(theirs.code, name).toBe('project_not_usable')
      expect.soft(theirs, name).toEqual(await ask(name, nobody))
      const images = await ask(name, { ...own, images: other.images })
      expect.soft(images.code, name).toBe('image_not_found')
      const noImages = await ask(name, { ...own, images: own.images.map(() => randomUUID()) })
      expect.soft({ ...images, values: {} }, name).toEqual({ ...noImages, values: {} })
    }
  })
})

test("L1: another tenant's job is refused as an unknown one is", async ({ house, own, other }) => {
  await refusing(house, own, async () => {
    for (const name of ofAJob) {
      const ask = async (jobId: string) => {
        const input = inputs[name]?.({ ...own, jobId })
        return said(await callAction(house.dashboard, name, input, { cookie: own.cookie }))
      }
      const theirs = await ask(other.jobId)
      expect.soft(theirs.code, name).toBe('not_found')
      expect.soft(theirs, name).toEqual(await ask(randomUUID()))
    }
  })
})

test("L1: another tenant's audit is refused as an unknown one is, in its project and in one's own", async ({
  house,
  own,
  other,
}) => {
  const ask = async (name: string, tenant: Tenant) =>
    said(await callAction(house.dashboard, name, inputs[name]?.(tenant), { cookie: own.cookie }))
  const nobody = { ...own, scope: { ...own.scope, project: newId() } }
  await refusing(house, own, async () => {
    for (const name of [...ofAnAudit, 'startAudit', 'saveAuditPolicy']) {
      const theirs = await ask(name, other)
      expect.soft(theirs.code, name).toBe('project_not_usable')
      expect.soft(theirs, name).toEqual(await ask(name, nobody))
    }
    for (const name of ofAnAudit) {
      const theirs = await ask(name, { ...own, auditId: other.auditId })
      expect.soft(theirs.code, name).toBe('not_found')
      expect.soft(theirs, name).toEqual(await ask(name, { ...own, auditId: randomUUID() }))
    }
  })
})

test('L1: nobody answers an offer for another project', async ({ house, own, other }) => {
  await refusing(house, own, async () => {
    for (const [scope, project] of [
      [own.scope, other.scope.project],
      [other.scope, other.scope.project],
      [own.scope, own.scope.project],
    ] as const) {
      const answer = { ...scope, kind: 'accept', images: [other.offer], projects: [project] }
      const input = { ...answer, idempotencyKey: randomUUID() }
      const refused = await callAction(house.dashboard, 'startJob', input, { cookie: own.cookie })
      expect.soft(codeOf(refused)).toMatch(/^(invalid_input|project_not_usable|image_not_found)$/)
    }
  })
})

for (const way of ['by role', 'by choice'] as const) {
  test(`read-only ${way}: every write is refused, whatever it is, and reading is not`, async ({
    house,
    own,
  }) => {
    const cookie =
      way === 'by role'
        ? await readerIn(house, own)
        : await signIn(house.dashboard, { ...own.person, readOnly: true })
    await refusing(house, own, async () => {
      for (const name of names().filter((each) => !harmless.includes(each))) {
        const refused = await callAction(house.dashboard, name, inputs[name]?.(own), { cookie })
        expect.soft(codeOf(refused), name).toBe('read_only')
      }
    })
    const job = await ask(house.dashboard, `/api/jobs/${own.jobId}`, { headers: { cookie } })
    expect(job.status).toBe(200)
    for (const name of names().filter((each) => harmless.includes(each) && !open.includes(each))) {
      const answer = await callAction(house.dashboard, name, inputs[name]?.(own), { cookie })
      expect.soft(codeOf(answer), name).not.toBe('read_only')
    }
  })
}

/** Somebody whose only role in the tenant's project is to read; the cookie. */
async function readerIn({ cloud, dashboard }: House, { mark }: Tenant): Promise<string> {
  const person = { user: `${mark}-reader`, password: newId() }
  const roles = [{ project: `${mark}-project`, role: 'reader' }]
  await cloud.mint({ users: [{ name: person.user, password: person.password, roles }] })
  return signIn(dashboard, person)
}

test('read-only by choice: neither renewing nor entering a project widens it', async ({ house, own }) => {
  const { dashboard } = house
  const first = await signIn(dashboard, { ...own.person, readOnly: true })
  const renewed = await callAction(dashboard, 'renewSession', inputs.renewSession?.(own), { cookie: first })
  valueIn(renewed)
  const [cookie = ''] = renewed.answer.cookies[0]?.split(';') ?? []
  const entered = await callAction(dashboard, 'enterProject', inputs.enterProject?.(own), { cookie })
  valueIn(entered)
  const refused = await callAction(dashboard, 'startJob', inputs.startJob?.(own), { cookie })
  expect(codeOf(refused)).toBe('read_only')
})

test('the same inputs go through for whom they are meant', async ({ house, own }) => {
  const { cookie } = own
  const call = (name: string) => callAction(house.dashboard, name, inputs[name]?.(own), { cookie })
  for (const name of ['rememberScope', 'startJob', 'setVisibility', 'saveAuditPolicy'])
    valueIn(await call(name))
  // A finished job has nothing to retry, to cancel or to resume: these arrive, and are told so.
  expect(codeOf(await call('retryJob'))).toBe('conflict')
  expect(codeOf(await call('resumeJob'))).toBe('conflict')
  valueIn(await call('cancelJob'))
  expect(codeOf(await call('resumeAudit'))).toBe('conflict')
  for (const name of ['startAudit', 'cancelAudit', 'noteAudit', 'signOffAudit']) valueIn(await call(name))
  for (const name of ['signIn', 'renewSession', 'signOut']) valueIn(await call(name))
})
