import { eq } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { ActivityEntry } from '../../contracts/activity'
import type { ActivityFilterInput } from '../../contracts/inputs/activity'
import type { SessionContext } from '../context'
import { noItems } from '../jobs/job-rows'
import { Refusal } from '../refusal'
import type { ActivityRow } from '../store/activity-rows'
import { activity, job } from '../store/schema'
import {
  type ActivityWorld,
  activityWorld,
  seenBy as list,
  activityStart as start,
} from '../testing/activity-world'
import { inTestProject, signedIn } from '../testing/callers'
import { stores } from '../testing/stores'
import { storeAudit } from '../testing/test-audits'
import { storeJob } from '../testing/test-jobs'
import { recorded } from './activity'
import { listActivity } from './activity-log'
import { noteView } from './activity-views'
import { ended } from './job-waiting'
import { startJob } from './jobs'

const minuteMs = 60_000

describe.each(stores)('the activity log on $name', ({ open }) => {
  let world: ActivityWorld
  let alice: SessionContext
  let bob: SessionContext

  beforeAll(async () => {
    world = await activityWorld(open)
  })
  afterAll(() => world.close())
  beforeEach(async () => {
    ;[alice, bob] = await world.anew()
  })
  afterEach(() => world.fake.heal())

  const id = (name: string) => world.ids[name] ?? ''
  const note = (row?: Partial<ActivityRow>) => world.note(row)

  test('a share is one act with what was wanted and how its pairs ended', async () => {
    const { imageIds } = world.fake.mint({ images: [{ project: 'alpha', name: 'Debian', count: 2 }] })
    const view = await inTestProject(alice, id('alpha'), (ctx) =>
      startJob(ctx, {
        ...ctx.scope,
        kind: 'share',
        images: imageIds,
        projects: [id('beta')],
        except: [],
        idempotencyKey: world.runtime.chance.uuid(),
      }),
    )
    await ended(world.runtime, view.id, 10_000)
    expect(await list(alice)).toEqual([
      {
        id: view.id,
        at: expect.stringMatching(/Z$/),
        endedAt: expect.stringMatching(/Z$/),
        verb: 'share.share',
        actor: { id: alice.session.userId, name: 'alice' },
        mine: true,
        scope: { cloud: 'openstack', region: 'north', project: id('alpha'), projectName: 'alpha' },
        images: { count: 2, listed: view.images },
        projects: { count: 1, listed: view.projects },
        pairs: 2,
        counts: { ...noItems(), done: 2 },
        changes: [{ of: 'membership', before: 'not_shared', after: 'pending' }],
        facts: {},
        outcome: 'succeeded',
        openState: null,
        code: null,
        requestId: null,
        upstreamRequestId: null,
        jobId: view.id,
        auditId: null,
      },
    ])
  })

  test('a change of one image has its before and after, and a refusal its reason', async () => {
    const act = {
      verb: 'image.set_visibility',
      targets: { imageId: 'i-1', name: '', before: 'shared', after: 'private' },
    }
    await inTestProject(alice, id('alpha'), (ctx) =>
      recorded(ctx, act, async () => ({ value: null, upstreamRequestId: 'req-cloud' })),
    )
    const changes = [{ of: 'visibility', before: 'shared', after: 'private' }]
    const images = { count: 1, listed: [{ id: 'i-1', name: null }] }
    expect(await list(alice)).toMatchObject([
      { verb: 'image.set_visibility', changes, images, outcome: 'succeeded', upstreamRequestId: 'req-cloud' },
    ])
  })

  test('what we refuse ourselves in the middle of an act is a refusal with its reason', async () => {
    const act = { verb: 'audit.note', targets: { auditId: 'a-1', before: '', after: 'seen' } }
    const refused = inTestProject(alice, id('alpha'), (ctx) =>
      recorded(ctx, act, () => Promise.reject(new Refusal('conflict'))),
    )
    await expect(refused).rejects.toThrow(Refusal)
    expect(await list(alice)).toMatchObject([{ auditId: 'a-1', outcome: 'refused', code: 'conflict' }])
  })

  test.each([
    ['failed', 'forbidden', 'refused'],
    ['failed', 'timeout', 'failed'],
    ['failed', null, 'failed'],
    ['unknown', 'outcome_unknown', 'unknown'],
    ['cancelled', null, 'cancelled'],
  ])('stored as %s with the code %s it is %s', async (stored, code, outcome) => {
    const act = world.runtime.chance.uuid()
    await note({ act })
    await note({ act, phase: 'outcome', outcome: stored, code })
    expect(await list(alice)).toMatchObject([{ outcome, code, openState: null }])
    expect(await list(alice, { outcome: outcome as ActivityEntry['outcome'] })).toHaveLength(1)
    expect(await list(alice, { outcome: 'succeeded' })).toEqual([])
  })

  test('an act without outcome goes on, waits, or was never seen to end', async () => {
    const now = world.runtime.clock.now()
    const shapes = { projectId: id('alpha'), images: [], projects: [] }
    const kept = async (state: 'running' | 'paused') =>
      (await storeJob(world.place.store, { images: [], projects: [], more: { ...shapes, state } })).id
    await note({ at: new Date(now - 5), jobId: await kept('running') })
    await note({ at: new Date(now - 6), jobId: await kept('paused') })
    await note({ at: new Date(now - 7), jobId: world.runtime.chance.uuid() })
    await note({ at: new Date(now - 8), verb: 'image.set_visibility' })
    await note({ at: new Date(now - 10 * minuteMs), verb: 'image.set_visibility' })
    const open = await list(alice, { outcome: 'open' })
    expect(open.map(({ openState }) => openState)).toEqual([
      'under_way',
      'paused',
      'unseen',
      'under_way',
      'unseen',
    ])
    expect(open.every(({ outcome, endedAt }) => outcome === 'open' && endedAt === null)).toBe(true)
    await world.place.store.db.delete(job).where(eq(job.projectId, id('alpha')))
  })

  test('an audit is an act while it runs, while it waits and when it is over', async () => {
    const states = ['running', 'paused', 'complete'] as const
    for (const [n, state] of states.entries()) {
      const act = await storeAudit(world.place.store, { state })
      const row = { act, verb: 'audit.read', at: new Date(start - n), targets: { reach: 'cloud' } }
      await note(row)
      const targets = { reach: 'cloud', images: 12, refused: 1, members: 34 }
      if (state === 'complete') await note({ ...row, phase: 'outcome', outcome: 'succeeded', targets })
    }
    const acts = await list(alice, { verb: 'audit.read' })
    expect(acts.map(({ openState }) => openState)).toEqual(['under_way', 'paused', null])
    const [, , over] = acts
    expect(over).toMatchObject({
      auditId: over?.id,
      outcome: 'succeeded',
      images: { count: 0, listed: [] },
      facts: { reach: 'cloud', images: 12, refused: 1, members: 34 },
    })
    expect(await list(alice, { text: over?.id })).toEqual([over])
    await note({ verb: 'audit.sign_off', targets: { auditId: over?.id } })
    expect(await list(alice, { text: over?.id })).toHaveLength(2)
  })

  test("others see the project's acts; strangers see none of them, whatever they ask for", async () => {
    const act = world.runtime.chance.uuid()
    await note({ act })
    await note({ act, phase: 'outcome', outcome: 'succeeded' })
    await note({ projectId: null, verb: 'session.begin', phase: 'outcome', outcome: 'succeeded' })
    await note({ cloud: 'elsewhere' })
    const anna = await signedIn(world.runtime, 'anna')
    expect((await list(anna, { verb: 'share.share' })).map(({ mine }) => mine)).toEqual([false])
    expect(await list(anna, { actor: alice.session.userId, verb: 'session.begin' })).toEqual([])
    expect(await list(alice, { verb: 'session.begin' })).toHaveLength(1)
    const questions: ActivityFilterInput[] = [
      {},
      { actor: alice.session.userId },
      { text: id('alpha') },
      { text: 'alpha' },
      { text: 'image-1' },
      { outcome: 'succeeded' },
    ]
    for (const question of questions)
      expect((await list(bob, question)).filter(({ actor }) => actor.id !== bob.session.userId)).toEqual([])
  })

  test('filters: kind, person, days, and text in ids and names', async () => {
    const day = (n: number) => new Date(Date.UTC(2026, 10, n, 23, 59))
    await note({ at: day(1), verb: 'share.stop', userId: 'anna-id', userName: 'anna' })
    await note({ at: day(2), targets: { images: [{ id: 'i-2', name: '100%_"Ubuntu" \\' }], projects: [] } })
    await note({
      at: day(3),
      verb: 'image.set_visibility',
      targets: { imageId: 'i-3', name: 'Rocky', before: 'shared', after: 'private' },
    })
    const verbs = async (filter: ActivityFilterInput) => (await list(alice, filter)).map(({ verb }) => verb)
    expect(await verbs({ verb: 'share.stop' })).toEqual(['share.stop'])
    expect(await verbs({ actor: 'anna-id' })).toEqual(['share.stop'])
    expect(await verbs({ since: '2026-11-02', until: '2026-11-02' })).toEqual(['share.share'])
    expect(await verbs({ since: '2026-11-02' })).toEqual(['image.set_visibility', 'share.share'])
    expect(await verbs({ until: '2026-11-01' })).toEqual(['share.stop'])
    expect(await verbs({ text: '100%_"ubuntu" \\' })).toEqual(['share.share'])
    expect(await verbs({ text: 'p-1' })).toEqual(['share.stop'])
    expect(await verbs({ text: 'rocky' })).toEqual(['image.set_visibility'])
    // Neither keys of what is stored nor other values of it are names.
    for (const text of ['shared', 'images', '%', "'; --"])
      expect(await verbs({ text })).toEqual(text === '%' ? ['share.share'] : [])
    expect(await verbs({ text: 'ALPH' })).toHaveLength(3)
  })

  test('pages follow each other without gap or repetition while acts are added', async () => {
    const wanted: string[] = []
    for (let n = 0; n < 120; n += 1) {
      const act = world.runtime.chance.uuid()
      // Several begin in the same millisecond.
      await note({ act, at: new Date(start + Math.floor(n / 7)) })
      if (n % 2 === 0)
        await note({ act, phase: 'outcome', outcome: 'succeeded', at: new Date(start + minuteMs) })
      wanted.unshift(act)
    }
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await listActivity(alice, { cursor, verb: 'share.share' })
      expect(page.entries.length).toBeLessThanOrEqual(50)
      seen.push(...page.entries.map((entry) => entry.id))
      cursor = page.next ?? undefined
      await note({ at: new Date(start + minuteMs) })
    } while (cursor !== undefined)
    expect(seen).toEqual(wanted)
  })

  test('a long act shows how much it is, and lists the first of it', async () => {
    const images = Array.from({ length: 300 }, (_, n) => ({ id: `i-${n}`, name: null }))
    await note({ targets: { images, projects: [], pairs: 300 } })
    const [entry] = await list(alice)
    expect(entry?.images.count).toBe(300)
    expect(entry?.images.listed).toEqual(images.slice(0, 20))
  })

  const views = () =>
    world.place.store.db
      .select()
      .from(activity)
      .where(eq(activity.verb, 'activity.view'))
      .orderBy(activity.id)

  test('looking is noted once in an hour of a session, in two tabs at once too, at whatever page it begins', async () => {
    await Promise.all([listActivity(alice, {}), listActivity(alice, { verb: 'share.stop' })])
    await listActivity(alice, { cursor: '1.1' })
    expect(await views()).toMatchObject([
      { userId: alice.session.userId, projectId: null, outcome: 'succeeded' },
    ])
    const later = {
      ...world.runtime,
      clock: { ...world.runtime.clock, now: () => Date.now() + 61 * minuteMs },
    }
    await listActivity({ ...alice, runtime: later }, {})
    await listActivity(bob, { cursor: '99999999999999.1' })
    expect((await views()).map(({ userId }) => userId)).toEqual(
      [alice, alice, bob].map(({ session }) => session.userId),
    )
  })

  test('a look at one thing in a project is noted apart from others, for the project to see', async () => {
    const look = (subject: string) =>
      noteView(alice, {
        verb: 'audit.view',
        subject,
        targets: { auditId: subject },
        scope: { region: 'north', projectId: id('alpha') },
      })
    for (const subject of ['a-1', 'a-2', 'a-1']) await look(subject)
    await listActivity(alice, {})
    const anna = await signedIn(world.runtime, 'anna')
    const seen = await list(anna, { verb: 'audit.view' })
    expect(seen.map(({ auditId }) => auditId)).toEqual(['a-2', 'a-1'])
    expect(seen[0]).toMatchObject({
      mine: false,
      outcome: 'succeeded',
      scope: { region: 'north', project: id('alpha'), projectName: 'alpha' },
      requestId: alice.requestId,
    })
    expect(await list(bob, { verb: 'audit.view' })).toEqual([])
  })

  test('nothing can be changed or removed', async () => {
    await note()
    const { db } = world.place.store
    await expect(db.update(activity).set({ userName: 'nobody' })).rejects.toThrow()
    await expect(db.delete(activity)).rejects.toThrow()
    expect(await list(alice)).toMatchObject([{ actor: { name: 'alice' } }])
  })

  test('a look that can not be noted is refused', async () => {
    const broken = {
      ...world.runtime,
      chance: {
        ...world.runtime.chance,
        uuid: () => {
          throw new Error('no chance')
        },
      },
    }
    await expect(listActivity({ ...alice, runtime: broken }, {})).rejects.toThrow('no chance')
  })
})
