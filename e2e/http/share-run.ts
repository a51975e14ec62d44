import { randomUUID } from 'node:crypto'
import { expect } from 'playwright/test'
import { isFinished, type JobSummary, type JobView } from '../../lib/contracts/jobs.ts'
import { MockCloud } from '../mock-cloud/control-client.ts'
import { newId } from '../mock-cloud/ids.ts'
import { startMockCloud } from '../mock-cloud/server.ts'
import { callAction, cloudName, signIn } from '../tools/action-client.ts'
import { judgeBatches } from '../tools/batch-judge.ts'
import { type Dashboard, type DashboardOptions, startDashboard } from '../tools/dashboard.ts'
import { judgePairs } from '../tools/pair-judge.ts'
import { ask } from '../tools/raw-http.ts'
import { openStoreHome, type StoreKind } from '../tools/store-home.ts'

/** The calls that share a pair. */
export const memberWrites = { method: 'POST', path: '^/v2/images/[^/]+/members$' } as const

const imageCount = 20
const projectCount = 10

/** The batch calls that do so on a cloud with IMS. */
export const batchWrites = { method: 'POST', path: '^/v1/cloudimages/members$' } as const

/**
 * A cloud and a store of its own, and one bulk share of 20 images × 10 projects that survives its server; by one call per
 * pair, or in batches.
 */
export async function openShareRun(store: StoreKind, by: 'pairs' | 'batches' = 'pairs') {
  const running = await startMockCloud({ seed: 'empty', flavour: by === 'pairs' ? 'openstack' : 'otc' })
  const cloud = new MockCloud(running.controlUrl)
  // Nothing here is about signing in.
  await cloud.set({ identity: 'keystone' })
  const writes = by === 'pairs' ? memberWrites : batchWrites
  const minted = await cloud.mint({
    projects: [{ name: 'publisher' }],
    users: [{ name: 'olga', password: 'olga', roles: [{ project: 'publisher' }] }],
    images: [{ name: 'golden', project: 'publisher', count: imageCount }],
  })
  const images = minted.imageIds
  // IMS knows which projects there are.
  const projects = Array.from({ length: projectCount }, newId)
  await cloud.mint({ projects: projects.map((id) => ({ id, name: id })) })
  const home = await openStoreHome(store)
  const kills: number[] = []
  let address: Pick<DashboardOptions, 'port'> = {}
  let current: Dashboard | null = null
  let cookie = ''

  const start = async (faultPoints = ''): Promise<Dashboard> => {
    current = await startDashboard({
      authUrl: running.authUrl,
      ...home.settings,
      ...address,
      env: { SHAREBOARD_FAULT_POINTS: faultPoints },
    })
    address = { port: current.port }
    return current
  }

  /** Null while the server has no time for an answer: many of them share the machine here. */
  const newestJob = async (dashboard: Dashboard): Promise<JobSummary | null> => {
    const answer = await ask(dashboard, '/api/jobs', { headers: { cookie } })
    return answer.status === 200 ? ((JSON.parse(answer.text) as JobSummary[])[0] ?? null) : null
  }

  return {
    store,
    cloud,
    images,
    projects,
    start,
    /** Signs in and starts the job. Does not wait for the answer: the server may die before it comes. */
    async begin(dashboard: Dashboard): Promise<void> {
      cookie = await signIn(dashboard, { user: 'olga', password: 'olga' })
      const scope = { cloud: cloudName, region: 'north', project: minted.projects.publisher ?? '' }
      const input = { ...scope, kind: 'share', images, projects, idempotencyKey: randomUUID() }
      void callAction(dashboard, 'startJob', input, { cookie }).catch(() => null)
    },
    /** To be called when a server is dead: notes where its calls end. Answers how many of them it got no answer to. */
    async noteKill(): Promise<number> {
      const { last, calls } = await cloud.ledger({ ...writes, since: kills.at(-1) })
      kills.push(last)
      return calls.filter(({ status }) => status === null).length
    },
    /** Waits until the job has ended, in whatever way. */
    async finished(dashboard: Dashboard): Promise<void> {
      const state = async () => {
        const job = await newestJob(dashboard)
        return job !== null && isFinished(job)
      }
      await expect.poll(state, { timeout: 90_000, intervals: [100] }).toBe(true)
    },
    /**
     * Everything wrong with the run, by the cloud's ledger and by the job itself. `missing` pairs are those that the cloud
     * was told to leave out.
     */
    async faults(dashboard: Dashboard, missing = 0): Promise<string[]> {
      const { calls } = await cloud.ledger({ service: 'image' })
      const job = await newestJob(dashboard)
      const all = images.length * projects.length - missing
      const judge = by === 'pairs' ? judgePairs : judgeBatches
      const failures = await ask(dashboard, `/api/jobs/${job?.id}`, { headers: { cookie } })
      const reasons = JSON.stringify((JSON.parse(failures.text) as JobView).failures)
      return [
        ...judge({ calls, images, projects, kills, missing }),
        ...(job?.state === (missing === 0 ? 'succeeded' : 'partly_failed')
          ? []
          : [`the job ended as ${job?.state}: ${reasons}`]),
        ...(job?.counts.done === all ? [] : [`${job?.counts.done} of ${all} pairs are done`]),
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

export type ShareRun = Awaited<ReturnType<typeof openShareRun>>
