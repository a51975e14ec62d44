import { describe, expect, test } from 'vitest'
import type { FaultPoints } from '../jobs/fault-points'
import { Stopping } from '../jobs/run-job'
import { auditGround } from '../testing/audit-ground'
import { auditNow } from '../testing/audit-world'
import type { FaultKind } from '../testing/fake-cloud'
import { fastClock } from '../testing/fast-clock'
import { seededNumbers } from '../testing/seeded-chance'
import { stores } from '../testing/stores'

const faults: FaultKind[] = [
  { kind: 'reset' },
  { kind: 'cut-body' },
  ...[500, 502, 503, 504].map((status): FaultKind => ({ kind: 'answer', status, body: '<html>' })),
  { kind: 'answer', status: 401 },
  { kind: 'answer', status: 429, headers: { 'Retry-After': '1' } },
  { kind: 'answer', status: 503, headers: { 'Retry-After': '2' } },
]

// The seed decides on the faults, how long each lasts, and when the process is told to stop.
describe.each(stores)('random faults on $name', ({ open }) => {
  const ground = auditGround(open)

  function scatter(random: () => number) {
    const below = (end: number) => Math.floor(random() * end)
    const one = () => faults[below(faults.length)] as FaultKind
    for (let count = 0; count < 12; count += 1)
      ground.fake.fault({
        method: 'GET',
        path: '/members$',
        fault: one(),
        after: below(110),
        times: 1 + below(3),
      })
    for (let count = 0; count < 4; count += 1)
      ground.fake.fault({
        method: 'GET',
        path: '/v2/images$',
        fault: one(),
        after: below(10),
        times: 1 + below(2),
      })
    ground.fake.fault({ path: '/v3/(projects|domains)', fault: one(), after: below(2), times: 1 })
  }

  test.each([11, 12, 13, 14])(
    'seed %i: the snapshot is what the cloud holds, each image once',
    async (seed) => {
      const random = seededNumbers(seed)
      const { projects } = await ground.begin({
        projects: [{ name: 'ops' }, { name: 'alpha' }, { name: 'one' }, { name: 'two' }],
        users: [{ name: 'root', roles: [{ project: 'ops', role: 'admin' }] }],
      })
      const images = ground.fake.mint({ images: [{ project: 'alpha', name: 'Debian', count: 130 }] }).imageIds
      ground.fake.mint({
        members: images.flatMap((image) =>
          ['one', 'two'].filter(() => random() < 0.6).map((project) => ({ image, project })),
        ),
      })
      const id = await ground.world.store([{ user: 'root', project: projects.ops ?? '', isAdmin: true }])
      scatter(random)
      for (let runs = 1; ; runs += 1) {
        if (runs > 40) throw new Error('the audit never ended')
        const stopping = new AbortController()
        let passings = 5 + Math.floor(random() * 80)
        const points: FaultPoints = {
          intents: true,
          pass: () => {
            passings -= 1
            if (passings === 0) stopping.abort()
          },
        }
        await ground.world
          .run(id, { signal: stopping.signal, faults: points, clock: fastClock(20) })
          .catch((error: unknown) => {
            if (!(error instanceof Stopping)) throw error
          })
        const { row } = await auditNow(ground.store, id)
        if (row.finishedAt) break
        if (row.state === 'paused') await ground.world.resume(id)
      }
      const { row, images: rows, projects: known } = await auditNow(ground.store, id)
      const refused = rows.filter(({ state }) => state === 'refused')
      expect(row).toMatchObject({
        state: 'complete',
        imagesListed: 130,
        imagesRead: 130,
        imagesRefused: refused.length,
        members: rows.reduce((sum, { members }) => sum + members.length, 0),
      })
      expect(rows.map(({ seq }) => seq)).toEqual(Array.from({ length: 130 }, (_, at) => at + 1))
      // Only what the cloud failed on three times in a row is without members.
      expect(refused.length).toBeLessThan(10)
      const wrong = rows.filter(({ state, imageId, members }) => {
        const told = members.map(({ project, status }) => `${project} ${status}`).sort()
        const held = [...ground.fake.members(imageId)]
          .map(([project, status]) => `${project} ${status}`)
          .sort()
        return state === 'read' && told.join() !== held.join()
      })
      expect(wrong).toEqual([])
      expect(known.has(projects.one ?? '')).toBe(true)
    },
  )
})
