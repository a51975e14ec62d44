import { randomUUID } from 'node:crypto'
import { test as base, expect } from 'playwright/test'
import type { AuditSummary } from '../../lib/contracts/audits.ts'
import type { JobView } from '../../lib/contracts/jobs.ts'
import type { Scope } from '../../lib/contracts/scope.ts'
import { api } from '../../lib/paths.ts'
import { MockCloud } from '../mock-cloud/control-client.ts'
import { newId } from '../mock-cloud/ids.ts'
import { startMockCloud } from '../mock-cloud/server.ts'
import { callAction, cloudName, type Person, signIn, valueIn } from '../tools/action-client.ts'
import { type Dashboard, startDashboard } from '../tools/dashboard.ts'
import { ask } from '../tools/raw-http.ts'
import { createDatabase, type TestDatabase } from '../tools/test-database.ts'

/** A dashboard on PostgreSQL with a fake cloud. One for all tests of a worker: each test brings its own people. */
export interface House {
  dashboard: Dashboard
  authUrl: string
  cloud: MockCloud
  database: TestDatabase
}

/** A project with somebody signed in to it, images, an offer from elsewhere, a finished job and two audits. */
export interface Tenant {
  /** Part of every name of the tenant's, and of nobody else's. */
  mark: string
  person: Person
  userId: string
  cookie: string
  scope: Scope
  images: string[]
  offer: string
  jobId: string
  auditId: string
  earlierAuditId: string
}

export const test = base.extend<{ own: Tenant; other: Tenant }, { house: House }>({
  house: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixture's needs from this pattern
    async ({}, use) => {
      const running = await startMockCloud({ seed: 'empty' })
      const database = await createDatabase()
      const dashboard = await startDashboard({ authUrl: running.authUrl, databaseUrl: database.url })
      const cloud = new MockCloud(running.controlUrl)
      await use({ dashboard, authUrl: running.authUrl, cloud, database })
      await dashboard.stop()
      await running.stop()
      await database.drop()
    },
    { scope: 'worker', timeout: 150_000 },
  ],
  own: async ({ house }, use) => {
    await use(await makeTenant(house))
  },
  other: async ({ house }, use) => {
    await use(await makeTenant(house))
  },
})

/** Makes one. The password of its user is a new one when none is given. */
export async function makeTenant(
  { cloud, dashboard }: Pick<House, 'cloud' | 'dashboard'>,
  password = newId(),
): Promise<Tenant> {
  const mark = `tenant-${newId()}`
  const [project, friend, user] = [`${mark}-project`, `${mark}-friend`, `${mark}-user`]
  const person = { user, password }
  const minted = await cloud.mint({
    projects: [{ name: project }, { name: friend }],
    users: [{ name: user, password: person.password, roles: [{ project }] }],
    images: [
      { name: `${mark}-image`, project, count: 3, properties: { note: `${mark}-note` } },
      { name: `${mark}-offer`, project: friend },
    ],
    members: [{ image: `${mark}-offer`, project }],
  })
  const images = minted.imageIds.slice(0, 3)
  const scope = { cloud: cloudName, region: 'north', project: minted.projects[project] ?? '' }
  const userId = minted.users[user] ?? ''
  const cookie = await signIn(dashboard, person)
  const share = { ...scope, kind: 'share', images: images.slice(0, 1), projects: [newId()] }
  const job = await callAction(dashboard, 'startJob', { ...share, idempotencyKey: randomUUID() }, { cookie })
  const { id: jobId } = valueIn<JobView>(job)
  const earlierAuditId = await readAudit(dashboard, scope, cookie)
  const auditId = await readAudit(dashboard, scope, cookie)
  const offer = minted.imageIds[3] ?? ''
  return { mark, person, userId, cookie, scope, images, offer, jobId, auditId, earlierAuditId }
}

/** Reads an audit of what may be read from a project, to its end, and answers its id. */
export async function readAudit(dashboard: Dashboard, scope: Scope, cookie: string): Promise<string> {
  const input = { ...scope, idempotencyKey: randomUUID() }
  const { id } = valueIn<AuditSummary>(await callAction(dashboard, 'startAudit', input, { cookie }))
  const read = () => ask(dashboard, api.audit(scope, id), { headers: { cookie } })
  await expect.poll(async () => JSON.parse((await read()).text).state).toBe('complete')
  return id
}
