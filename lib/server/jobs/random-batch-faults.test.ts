import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { job } from '../store/schema'
import type { FaultKind } from '../testing/fake-cloud'
import { fastClock } from '../testing/fast-clock'
import { imsFamily } from '../testing/image-access'
import { batchCalls, changesPerPair, imsRefusal } from '../testing/ims-calls'
import { jobGround } from '../testing/job-ground'
import type { JobWorld } from '../testing/job-world'
import { seededNumbers } from '../testing/seeded-chance'
import { stores } from '../testing/stores'
import { jobNow } from '../testing/test-jobs'
import type { FaultPoints } from './fault-points'
import { Stopping } from './run-job'

const refusal = (code: string, status?: number): FaultKind => ({
  ...imsRefusal(code, status),
  // Longer than the client waits by itself: then the run does, on its own clock.
  headers: code === 'IMG.0060' ? { 'Retry-After': '60' } : {},
})
const startFaults: FaultKind[] = [
  { kind: 'reset' },
  { kind: 'reset', effect: true },
  { kind: 'cut-body' },
  { kind: 'mangle', how: 'html' },
  ...[500, 502, 504].map((status): FaultKind => ({ kind: 'answer', status, effect: true })),
  ...[500, 503].map((status): FaultKind => ({ kind: 'answer', status, body: '<html>' })),
  // A refusal of one of the pairs, which may be any; and two that may have done something.
  refusal('IMG.0108'),
  refusal('IMG.0046'),
  refusal('IMG.0060'),
  refusal('IMG.0064'),
  { kind: 'answer', status: 401 },
]
const readFaults: FaultKind[] = [
  { kind: 'reset' },
  { kind: 'cut-body' },
  { kind: 'mangle', how: 'html' },
  { kind: 'answer', status: 503 },
  { kind: 'answer', status: 401 },
  { kind: 'answer', status: 429, headers: { 'Retry-After': '60' } },
]
const lostJobs = [refusal('IMG.0023'), refusal('IMG.0026', 403), refusal('IMG.0023', 404)]

// The seed decides on the faults, how long each lasts, how the cloud's jobs end, and when the process is told to stop.
describe.each(stores)('[gate 3] random faults of batch jobs on $name', ({ open }) => {
  const ground = jobGround(open, imsFamily)

  beforeEach(() => {
    ground.fake.cloud.settings.imsJobSeconds = 0.02
  })

  async function scatter(random: () => number) {
    const below = (end: number) => Math.floor(random() * end)
    const one = <Item>(list: readonly Item[]) => list[below(list.length)] as Item
    const batch = { path: '^/v1/cloudimages/members$' }
    for (let count = 0; count < 5; count += 1)
      ground.fake.fault({ ...batch, fault: one(startFaults), after: below(12), times: 1 + below(2) })
    for (let count = 0; count < 5; count += 1)
      ground.fake.fault({
        method: 'GET',
        path: '/jobs/',
        fault: one([...readFaults, ...lostJobs]),
        after: below(20),
        times: 1 + below(3),
      })
    for (let count = 0; count < 6; count += 1)
      ground.fake.fault({
        method: 'GET',
        path: '/members$',
        fault: one(readFaults),
        after: below(40),
        times: 1 + below(3),
      })
    for (let count = 0; count < 4; count += 1) {
      await ground.fake.control.planJobs({
        outcome: one(['SUCCESS', 'FAIL']),
        skipPairs: below(12),
        errorCode: one(['IMG.0108', 'IMG.0112', 'IMG.0088']),
      })
    }
  }

  /** Runs until the job has ended, resuming it whenever it rests and starting anew whenever the process went down. */
  async function untilEnded(world: JobWorld, id: string, random: () => number) {
    for (let runs = 1; runs <= 60; runs += 1) {
      const stopping = new AbortController()
      let passings = 1 + Math.floor(random() * 12)
      const dies = random() < 0.5
      const faults: FaultPoints = {
        intents: true,
        pass: () => {
          passings -= 1
          if (passings !== 0) return
          if (dies) throw new Error('killed')
          stopping.abort()
        },
      }
      const options = { signal: stopping.signal, faults, clock: fastClock(100) }
      await world.run(id, options).catch((error: unknown) => {
        const isKilled = error instanceof Error && error.message === 'killed'
        if (!(error instanceof Stopping) && !isKilled) throw error
      })
      const { row } = await jobNow(ground.store, id)
      if (row.finishedAt) return
      if (row.state === 'paused')
        await ground.store.db.update(job).set({ state: 'queued' }).where(eq(job.id, id))
    }
    throw new Error('the job never ended')
  }

  const seeds = Array.from({ length: 4 }, (_, at) => 201 + at)
  test.each(seeds.flatMap((seed) => [[seed, 'share'] as const, [seed, 'stop'] as const]))(
    'seed %i, %s: the cloud holds what was wanted less what is reported, each pair changed at most once',
    async (seed, kind) => {
      const random = seededNumbers(seed)
      const world = await ground.begin({ images: 9, projects: 24 })
      const all = world.images.flatMap((image, at) =>
        world.projects.map((project, to) => ({ image, project, at, to })),
      )
      const before = all.filter(() => (kind === 'stop' ? random() < 0.9 : random() < 0.1))
      ground.fake.mint({ members: before.map(({ image, project }) => ({ image, project })) })
      ground.fake.cloud.ledger.clear()
      await scatter(random)
      const wished = all.filter(() => random() < 0.8)
      const { id } = await world.store({
        more: { kind },
        pairs: wished.map(({ at, to }): [number, number] => [at, to]),
      })
      await untilEnded(world, id, random)

      const { counts, items } = await jobNow(ground.store, id)
      expect([counts.waiting, counts.running, counts.unknown, counts.skipped]).toEqual([0, 0, 0, 0])
      const was = new Set(before.map(({ at, to }) => `${at} ${to}`))
      const ended = new Map(items.map((item) => [`${item.image} ${item.project}`, item]))
      const wrong = all.filter(({ image, project, at, to }) => {
        const item = ended.get(`${at} ${to}`)
        const isMember = ground.fake.members(image).has(project)
        const untouched = !item || item.state === 'failed'
        return isMember !== (untouched ? was.has(`${at} ${to}`) : kind === 'share')
      })
      expect(wrong).toEqual([])
      expect(changesPerPair(ground.fake).every((times) => times === 1)).toBe(true)
      // What we changed is never told as anything else than done.
      const names = new Map(all.map(({ image, project, at, to }) => [`${image} ${project}`, `${at} ${to}`]))
      const changed = batchCalls(ground.fake).flatMap((call) => call.changedPairs)
      const untold = changed.filter((pair) => ended.get(names.get(pair.join(' ')) ?? '')?.state !== 'done')
      expect(untold).toEqual([])
    },
  )
})
