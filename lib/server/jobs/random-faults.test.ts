import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { job } from '../store/schema'
import type { FaultKind } from '../testing/fake-cloud'
import { jobGround } from '../testing/job-ground'
import type { JobWorld } from '../testing/job-world'
import { seededNumbers } from '../testing/seeded-chance'
import { stores } from '../testing/stores'
import { jobNow } from '../testing/test-jobs'
import type { FaultPoints } from './fault-points'
import { Stopping } from './run-job'

const atWill: FaultKind[] = [
  { kind: 'reset' },
  { kind: 'reset', effect: true },
  { kind: 'cut-body' },
  { kind: 'mangle', how: 'truncated' },
  { kind: 'mangle', how: 'html' },
  ...[500, 502, 503, 504].map((status): FaultKind => ({ kind: 'answer', status, body: '<html>' })),
  ...[500, 502, 504].map((status): FaultKind => ({ kind: 'answer', status, effect: true })),
]
// What a cloud says of itself is believed: a refusal with an effect, or a read that lies, would be its own fault.
const refusals = [400, 403, 409, 413].map((status): FaultKind => ({ kind: 'answer', status }))
const passing: FaultKind[] = [
  { kind: 'answer', status: 401 },
  { kind: 'answer', status: 429, headers: { 'Retry-After': '0' } },
]
const readFaults: FaultKind[] = [
  { kind: 'reset' },
  { kind: 'cut-body' },
  { kind: 'mangle', how: 'html' },
  { kind: 'answer', status: 503 },
  { kind: 'answer', status: 401 },
]

// The seed decides on the faults, how long each lasts, and when the process is told to stop.
describe.each(stores)('[gate 3] random faults on $name', ({ open }) => {
  const ground = jobGround(open)

  function scatter(random: () => number, method: 'POST' | 'DELETE') {
    const below = (end: number) => Math.floor(random() * end)
    const one = <Item>(list: readonly Item[]) => list[below(list.length)] as Item
    const path = '/members'
    for (let count = 0; count < 12; count += 1)
      ground.fake.fault({ method, path, fault: one(atWill), after: below(60), times: 1 + below(3) })
    for (let count = 0; count < 3; count += 1)
      ground.fake.fault({ method, path, fault: one(refusals), after: below(50), times: 1 })
    for (let count = 0; count < 2; count += 1)
      ground.fake.fault({ method, path, fault: one(passing), after: below(50), times: 1 })
    for (let count = 0; count < 6; count += 1)
      ground.fake.fault({
        method: 'GET',
        path,
        fault: one(readFaults),
        after: below(15),
        times: 1 + below(3),
      })
  }

  /** Runs until the job has ended, resuming it whenever it rests and starting anew whenever the process went down. */
  async function untilEnded(world: JobWorld, id: string, random: () => number) {
    for (let runs = 1; runs <= 40; runs += 1) {
      const stopping = new AbortController()
      let passings = 5 + Math.floor(random() * 60)
      const faults: FaultPoints = {
        intents: true,
        pass: () => {
          passings -= 1
          if (passings === 0) stopping.abort()
        },
      }
      await world.run(id, { signal: stopping.signal, faults }).catch((error: unknown) => {
        if (!(error instanceof Stopping)) throw error
      })
      const { row } = await jobNow(ground.store, id)
      if (row.finishedAt) return runs
      if (row.state === 'paused')
        await ground.store.db.update(job).set({ state: 'queued' }).where(eq(job.id, id))
    }
    throw new Error('the job never ended')
  }

  const seeds = Array.from({ length: 4 }, (_, at) => 101 + at)
  const acts = [
    { act: 'share', kind: 'share', twins: 0 },
    { act: 'stop', kind: 'stop', twins: 0 },
    { act: 'stop of members that stand twice', kind: 'stop', twins: 0.3 },
  ] as const
  test.each(seeds.flatMap((seed) => acts.map((act) => ({ seed, ...act }))))(
    'seed $seed, $act: the cloud holds what was wanted less what is reported, each row changed at most once',
    async ({ seed, kind, twins }) => {
      const random = seededNumbers(seed)
      const world = await ground.begin({ images: 6, projects: 10 })
      const pairs = world.images.flatMap((image) => world.projects.map((project) => ({ image, project })))
      // Some are there before, so that "already" is among the ends.
      const before = pairs.filter(() => (kind === 'stop' ? random() < 0.9 : random() < 0.1))
      const doubled = before.filter(() => random() < twins)
      ground.fake.mint({ members: [...before, ...doubled.map((pair) => ({ ...pair, isTwin: true }))] })
      ground.fake.cloud.ledger.clear()
      scatter(random, kind === 'share' ? 'POST' : 'DELETE')
      const images = world.images.map((image) => ({ id: image, name: null, twice: twins > 0 || undefined }))
      const { id } = await world.store({ more: { kind, images } })
      await untilEnded(world, id, random)

      const { row, counts, items } = await jobNow(ground.store, id)
      expect([row.state === 'running', counts.waiting, counts.running, counts.unknown]).toEqual([
        false,
        0,
        0,
        0,
      ])
      const was = new Set(before.map(({ image, project }) => `${image} ${project}`))
      const wrong = items.filter((item) => {
        const [image, project] = [world.images[item.image] ?? '', world.projects[item.project] ?? '']
        const isMember = ground.fake.members(image).has(project)
        const wished = kind === 'share'
        return isMember !== (item.state === 'failed' ? was.has(`${image} ${project}`) : wished)
      })
      expect(wrong).toEqual([])
      const effects = ground.fake.effects().map(({ path, member }) => {
        const [, , , image, , project] = path.split('/')
        return `${image} ${member ?? project}`
      })
      const rows = new Set(doubled.map(({ image, project }) => `${image} ${project}`))
      const changes = (pair: string) => effects.filter((one) => one === pair).length
      expect(effects.filter((pair) => changes(pair) > (rows.has(pair) ? 2 : 1))).toEqual([])
      // What we changed is never told as anything else than done.
      const done = items.filter(({ state }) => state === 'done')
      const asDone = new Set(
        done.map((item) => `${world.images[item.image]} ${world.projects[item.project]}`),
      )
      const isHalf = (pair: string) => rows.has(pair) && changes(pair) === 1
      expect(effects.filter((pair) => !asDone.has(pair) && !isHalf(pair))).toEqual([])
    },
  )
})
