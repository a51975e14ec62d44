import { randomUUID } from 'node:crypto'
import { expect } from 'playwright/test'
import {
  type AuditList,
  type AuditRowsPage,
  type AuditSummary,
  isAuditOver,
} from '../../lib/contracts/audits.ts'
import type { MemberSpec } from '../mock-cloud/control/mint.ts'
import { MockCloud } from '../mock-cloud/control-client.ts'
import type { MemberStatus } from '../mock-cloud/records.ts'
import { startMockCloud } from '../mock-cloud/server.ts'
import { callAction, cloudName, signIn } from '../tools/action-client.ts'
import { type Dashboard, type DashboardOptions, startDashboard } from '../tools/dashboard.ts'
import { ask } from '../tools/raw-http.ts'
import { openStoreHome, type StoreKind } from '../tools/store-home.ts'

/** The calls that read the members of an image. */
export const memberReads = { method: 'GET', path: '^/v2/images/[^/]+/members$' } as const

const imageCount = 250
const statuses = ['pending', 'accepted', 'rejected'] as const satisfies MemberStatus[]

/** A cloud and a store of its own, and one audit of 250 images by an administrator that survives its server. */
export async function openAuditRun(store: StoreKind) {
  const running = await startMockCloud({ seed: 'empty' })
  const cloud = new MockCloud(running.controlUrl)
  const minted = await cloud.mint({
    projects: [
      { name: 'operations' },
      { name: 'publisher' },
      ...[0, 1, 2].map((at) => ({ name: `user-${at}` })),
    ],
    users: [{ name: 'omar', password: 'omar', roles: [{ project: 'operations', role: 'admin' }] }],
    images: [{ name: 'golden', project: 'publisher', count: imageCount }],
  })
  const images = minted.imageIds
  const members: MemberSpec[] = images.flatMap((image, index) =>
    [0, 1, 2].slice(index % 4).map((at) => ({
      image,
      project: minted.projects[`user-${at}`] ?? '',
      status: statuses[(index + at) % 3] ?? 'pending',
    })),
  )
  await cloud.mintMembers(members)
  const truth = [
    ...images.filter((_, index) => index % 4 === 3).map((image) => `${image} -`),
    ...members.map(({ image, project, status }) => `${image} ${project} ${status?.[0]}`),
  ].sort()
  const home = await openStoreHome(store)
  const scope = { cloud: cloudName, region: 'north', project: minted.projects.operations ?? '' }
  let address: Pick<DashboardOptions, 'port'> = {}
  let current: Dashboard | null = null
  let cookie = ''
  let kills = 0

  const read = async <Answer>(dashboard: Dashboard, path: string, more = {}): Promise<Answer | null> => {
    const search = new URLSearchParams({ ...scope, ...more })
    const answer = await ask(dashboard, `/api/audits${path}?${search}`, { headers: { cookie } })
    // Null while the server has no time for an answer: many of them share the machine here.
    return answer.status === 200 ? (JSON.parse(answer.text) as Answer) : null
  }
  const newest = async (dashboard: Dashboard): Promise<AuditSummary | null> =>
    (await read<AuditList>(dashboard, ''))?.audits[0] ?? null

  /** Every row of the table, as it is told to a screen. */
  const table = async (dashboard: Dashboard, id: string): Promise<string[]> => {
    const rows: string[] = []
    for (let after = '0', more = true; more; ) {
      const page: AuditRowsPage | null = await read(dashboard, `/${id}/rows`, { after })
      if (!page) throw new Error('the rows could not be read')
      for (const image of page.images) {
        const told = image.members.map(([at, status]) => `${image.id} ${page.projects[at]} ${status}`)
        rows.push(...(told.length > 0 ? told : [`${image.id} -`]))
      }
      ;({ more, next: after } = page)
    }
    return rows.sort()
  }

  return {
    store,
    cloud,
    async start(faultPoints = ''): Promise<Dashboard> {
      current = await startDashboard({
        authUrl: running.authUrl,
        ...home.settings,
        ...address,
        env: { SHAREBOARD_FAULT_POINTS: faultPoints },
      })
      address = { port: current.port }
      return current
    },
    /** Signs in and starts the audit. Does not wait for the answer: the server may die before it comes. */
    async begin(dashboard: Dashboard): Promise<void> {
      cookie = await signIn(dashboard, { user: 'omar', password: 'omar' })
      const input = { ...scope, idempotencyKey: randomUUID() }
      void callAction(dashboard, 'startAudit', input, { cookie }).catch(() => null)
    },
    noteKill(): void {
      kills += 1
    },
    /** Waits until the audit is over, in whatever way. */
    async finished(dashboard: Dashboard): Promise<void> {
      const isOver = async () => {
        const audit = await newest(dashboard)
        return audit !== null && isAuditOver(audit)
      }
      await expect.poll(isOver, { timeout: 90_000, intervals: [100] }).toBe(true)
    },
    /** Everything wrong with the audit, held against the cloud's own members and its ledger. */
    async faults(dashboard: Dashboard): Promise<string[]> {
      const audit = await newest(dashboard)
      if (!audit) return ['there is no audit']
      const { calls } = await cloud.ledger(memberReads)
      const reads = new Map<string, number>()
      for (const { path } of calls) reads.set(path, (reads.get(path) ?? 0) + 1)
      const tooOften = [...reads].filter(([, count]) => count > 1 + kills)
      const rows = await table(dashboard, audit.id)
      const { imagesListed, imagesRead, imagesRefused } = audit.progress
      return [
        ...(audit.state === 'complete' ? [] : [`it ended as ${audit.state}: ${audit.code}`]),
        ...tooOften.map(([path, count]) => `${path} was read ${count} times with ${kills} kills`),
        ...(reads.size === imageCount ? [] : [`the members of ${reads.size} images were read`]),
        ...(rows.join('\n') === truth.join('\n')
          ? []
          : [`${rows.length} rows, and ${truth.length} are true`]),
        ...([imagesListed, imagesRead].every((count) => count === imageCount) && imagesRefused === 0
          ? []
          : [`it counts ${imagesListed} listed, ${imagesRead} read, ${imagesRefused} refused`]),
      ]
    },
    async end(): Promise<void> {
      await cloud.endHolds()
      await current?.stop()
      await running.stop()
      await home.remove()
    },
  }
}

export type AuditRun = Awaited<ReturnType<typeof openAuditRun>>
