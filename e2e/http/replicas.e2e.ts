import { randomUUID } from 'node:crypto'
import { test as base, expect } from 'playwright/test'
import { isFinished, type JobSummary, type JobView } from '../../lib/contracts/jobs.ts'
import { MockCloud } from '../mock-cloud/control-client.ts'
import { newId } from '../mock-cloud/ids.ts'
import { startMockCloud } from '../mock-cloud/server.ts'
import { callAction, cloudName, codeOf, signIn, valueIn } from '../tools/action-client.ts'
import { type Dashboard, startDashboard } from '../tools/dashboard.ts'
import { EventStream } from '../tools/event-stream.ts'
import { judgePairs } from '../tools/pair-judge.ts'
import { ask } from '../tools/raw-http.ts'
import { createDatabase } from '../tools/test-database.ts'
import { memberWrites } from './share-run.ts'

// Fault matrix row 33: two replicas on one PostgreSQL, one public origin, no sticky sessions.

interface Pair {
  a: Dashboard
  b: Dashboard
  cloud: MockCloud
  scope: { cloud: string; region: string; project: string }
  images: string[]
}

const olga = { user: 'olga', password: 'olga' }

const test = base.extend<{ replicas: Pair }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixture's needs from this pattern
  replicas: async ({}, use) => {
    const running = await startMockCloud({ seed: 'empty' })
    const cloud = new MockCloud(running.controlUrl)
    const minted = await cloud.mint({
      projects: [{ name: 'publisher' }],
      users: [{ name: olga.user, password: olga.password, roles: [{ project: 'publisher' }] }],
      images: [{ name: 'golden', project: 'publisher', count: 12 }],
    })
    const database = await createDatabase()
    const options = {
      authUrl: running.authUrl,
      databaseUrl: database.url,
      origin: 'http://shareboard.test:8080',
    }
    // At the same time: both find an empty database and want to make its tables.
    const [a, b] = await Promise.all([startDashboard(options), startDashboard(options)])
    const scope = { cloud: cloudName, region: 'north', project: minted.projects.publisher ?? '' }
    await use({ a, b, cloud, scope, images: minted.imageIds })
    await cloud.endHolds()
    await Promise.all([a.stop(), b.stop()])
    await running.stop()
    await database.drop()
  },
})

// Each test starts two servers of its own.
test.setTimeout(150_000)

const jobsOf = async (server: Dashboard, cookie: string) =>
  JSON.parse((await ask(server, '/api/jobs', { headers: { cookie } })).text) as JobSummary[]

function shareInput({ scope, images }: Pair, projects: string[], some = images.slice(0, 2)) {
  return { ...scope, kind: 'share', images: some, projects, idempotencyKey: randomUUID() }
}

test('row 33: one cookie serves on both replicas by turns, and sign-out on one ends it on the other', async ({
  replicas,
}) => {
  const { a, b, scope } = replicas
  const cookie = await signIn(a, olga)
  const path = `/${scope.cloud}/${scope.region}/${scope.project}/images`
  for (const server of [b, a, b, a]) {
    const session = await ask(server, '/api/session', { headers: { cookie } })
    expect(session.status).toBe(200)
    expect(JSON.parse(session.text).user.name).toBe('olga')
    const page = await ask(server, path, { headers: { cookie } })
    expect(page.status).toBe(200)
    expect(page.text).toContain('golden-0001')
    valueIn(await callAction(server, 'rememberScope', scope, { cookie }))
  }
  const stream = await EventStream.open(b, cookie)
  valueIn(await callAction(a, 'signOut', {}, { cookie }))
  for (const server of [b, a]) {
    expect((await ask(server, '/api/session', { headers: { cookie } })).status).toBe(401)
    expect(codeOf(await callAction(server, 'rememberScope', scope, { cookie }))).toBe('unauthenticated')
  }
  // L3: a revoked session closes its stream within five seconds, on whatever replica it is open.
  await stream.until(({ ended }) => ended, 6_000)
  expect(stream.events).toEqual([{ type: 'signed-out' }])
})

test('row 33: a job started on one replica is seen on the other within a second, and goes on live', async ({
  replicas,
}) => {
  const { a, b, cloud } = replicas
  const cookie = await signIn(a, olga)
  const stream = await EventStream.open(b, cookie)
  await stream.until(({ text }) => text.includes(': connected'), 5_000)
  const hold = await cloud.hold({ ...memberWrites, phase: 'request' })
  const answered = callAction(a, 'startJob', shareInput(replicas, [newId(), newId()]), { cookie })
  await hold.waitFor(4)
  await stream.until(({ events }) => events.length > 0, 1_000)
  const { id } = valueIn<JobView>(await answered)
  expect(stream.events[0]).toMatchObject({ type: 'job', id, finished: false })
  expect((await jobsOf(b, cookie)).map((job) => job.id)).toEqual([id])

  const toldOf = (finished: boolean) => (stream: EventStream) =>
    stream.events.some((event) => event.type === 'job' && event.id === id && event.finished === finished)
  await hold.remove()
  await stream.until(toldOf(true), 1_000)
  const view = JSON.parse((await ask(b, `/api/jobs/${id}`, { headers: { cookie } })).text) as JobView
  expect(view).toMatchObject({ state: 'succeeded', counts: { done: 4 } })
  const revisions = stream.events.flatMap((event) => (event.type === 'job' ? [event.revision] : []))
  expect(revisions).toEqual(revisions.toSorted((x, y) => x - y))
  stream.close()
})

test('row 33: replicas share the jobs of one, and the other finishes them when it is killed', async ({
  replicas,
}) => {
  const { a, b, cloud, images } = replicas
  const cookie = await signIn(a, olga)
  const projects = [newId(), newId(), newId()]
  // One replica runs four jobs at once; six on their way at the same time need both.
  const batches = Array.from({ length: 6 }, (_, index) => images.slice(2 * index, 2 * index + 2))
  const hold = await cloud.hold({ ...memberWrites, phase: 'answer' })
  const started = await Promise.all(
    batches.map((batch) => callAction(a, 'startJob', shareInput(replicas, projects, batch), { cookie })),
  )
  const ids = started.map((call) => valueIn<JobView>(call).id)
  await hold.waitFor(images.length * projects.length, 20_000)
  expect((await jobsOf(b, cookie)).map((job) => job.state)).toEqual(ids.map(() => 'running'))

  await a.kill()
  const { last } = await cloud.ledger()
  await hold.remove()
  const finished = async () => (await jobsOf(b, cookie)).filter(isFinished).length
  await expect.poll(finished, { timeout: 45_000, intervals: [250] }).toBe(ids.length)
  const { calls } = await cloud.ledger({ service: 'image' })
  expect(judgePairs({ calls, images, projects, kills: [last] })).toEqual([])
  for (const job of await jobsOf(b, cookie)) {
    expect(job).toMatchObject({ state: 'succeeded', counts: { done: 6 } })
  }
})
