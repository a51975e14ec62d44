import { parse } from 'csv-parse/sync'
import { eq } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { ActivityEntry } from '../../contracts/activity'
import type { SessionContext } from '../context'
import type { ActivityRow } from '../store/activity-rows'
import { activity } from '../store/schema'
import {
  type ActivityWorld,
  activityWorld,
  seenBy as list,
  activityStart as start,
} from '../testing/activity-world'
import { stores } from '../testing/stores'
import { exportActivity } from './activity-export'

const parseCsv = (text: string): string[][] => parse(text, { record_delimiter: '\r\n' })

describe.each(stores)('the activity log as a file, on $name', ({ open }) => {
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

  const note = (row?: Partial<ActivityRow>) => world.note(row)

  async function textOf(ctx: SessionContext, input: Parameters<typeof exportActivity>[1]): Promise<string> {
    return new Response((await exportActivity(ctx, input)).body).text()
  }
  const exports = () =>
    world.place.store.db
      .select()
      .from(activity)
      .where(eq(activity.verb, 'activity.export'))
      .orderBy(activity.id)

  test('the table holds every act once, in order, and no cell that a spreadsheet runs', async () => {
    const names = ['=cmd|calc', '+1', '-1', '@x', '\ttab', 'plain', 'a "b", c\nd', 'ü \u202e']
    for (const [n, name] of names.entries())
      await note({
        at: new Date(start - n),
        targets: { images: [{ id: `i-${n}`, name }], projects: [{ id: '-p', name: null }] },
      })
    const [head, ...rows] = parseCsv(await textOf(alice, { format: 'csv', verb: 'share.share' }))
    const column = (name: string) => rows.map((row) => row[head?.indexOf(name) ?? -1])
    expect(column('image_ids')).toEqual(names.map((_, n) => `i-${n}`))
    expect(column('image_names')).toEqual([
      "'=cmd|calc",
      "'+1",
      "'-1",
      "'@x",
      "'\ttab",
      'plain',
      'a "b", c\nd',
      'ü \u202e',
    ])
    expect(column('target_project_ids')).toEqual(names.map(() => "'-p"))
    expect(column('time_utc')[0]).toBe('2026-11-20T12:00:00.000Z')
    expect(column('outcome')).toEqual(names.map(() => 'open'))
    expect(rows.every((row) => row.length === head?.length)).toBe(true)
  })

  test('the list holds everything of an act; what begins meanwhile is left out, and the export is noted', async () => {
    const images = Array.from({ length: 60 }, (_, n) => ({ id: `i-${n}`, name: `image ${n}` }))
    for (let n = 0; n < 120; n += 1)
      await note({ at: new Date(start - n), targets: { images, projects: [], pairs: 60 } })
    const file = await exportActivity(alice, { format: 'json' })
    expect(await exports()).toMatchObject([{ phase: 'intent' }])
    await note({ at: new Date(start + 1), verb: 'share.stop' })
    const acts = JSON.parse(await new Response(file.body).text()) as ActivityEntry[]
    expect(acts.map(({ at }) => at)).toEqual(
      Array.from({ length: 120 }, (_, n) => new Date(start - n).toISOString()),
    )
    expect(acts[119]?.images).toEqual({ count: 60, listed: images })
    expect(await exports()).toMatchObject([
      { phase: 'intent', outcome: null },
      { phase: 'outcome', outcome: 'succeeded', targets: { format: 'json', filter: {}, rows: 120 } },
    ])
    expect(await list(alice, { verb: 'activity.export' })).toMatchObject([{ outcome: 'succeeded' }])
  })

  test('an export that is broken off says so', async () => {
    for (let n = 0; n < 120; n += 1) await note({ at: new Date(start - n) })
    const { body } = await exportActivity(alice, { format: 'csv' })
    const reader = body.getReader()
    await reader.read()
    await reader.cancel()
    expect(await exports()).toMatchObject([{ phase: 'intent' }, { outcome: 'cancelled' }])
  })

  test('what others did in other projects is not in it', async () => {
    await note()
    expect(await textOf(bob, { format: 'json' })).not.toContain('image-1')
    expect(await textOf(alice, { format: 'json' })).toContain('image-1')
  })

  test('the table has what changed and what of an audit it was about', async () => {
    const at = (n: number) => new Date(start - n)
    await note()
    const before = JSON.stringify({ pendingDays: 30, keepDays: 400 })
    const after = JSON.stringify({ pendingDays: 60, keepDays: null })
    await note({ at: at(1), verb: 'audit.policy', targets: { reach: 'own', before, after } })
    await note({ at: at(2), verb: 'audit.note', targets: { auditId: 'a-1', before: '', after: '=danger()' } })
    await note({ at: at(3), verb: 'audit.export', targets: { auditId: 'a-1', what: 'table', format: 'csv' } })
    const [head, ...rows] = parseCsv(await textOf(alice, { format: 'csv' }))
    const found = ['before', 'after', 'audit_id', 'more'].map((name) => head?.indexOf(name) ?? -1)
    expect(rows.map((row) => found.map((column) => row[column]))).toEqual([
      ['not_shared', 'pending', '', ''],
      ['pendingDays=30; keepDays=400', 'pendingDays=60; keepDays=', '', 'reach=own'],
      ['', "'=danger()", 'a-1', ''],
      ['', '', 'a-1', 'what=table; format=csv'],
    ])
  })

  test('an empty log is a table with a head, or an empty list', async () => {
    expect(parseCsv(await textOf(alice, { format: 'csv', verb: 'share.stop' }))).toHaveLength(1)
    expect(JSON.parse(await textOf(alice, { format: 'json', verb: 'share.stop' }))).toEqual([])
  })

  test('the name of the file tells cloud, project and time, in harmless letters', async () => {
    const { fileName } = await exportActivity(alice, { format: 'csv' })
    expect(fileName).toMatch(/^activity_openstack_alpha_\d{8}T\d{6}Z\.csv$/)
    const odd = {
      ...alice.session,
      projects: [{ id: 'x', name: '../a"\r\nb ü', domainId: 'd', enabled: true }],
    }
    const named = await exportActivity({ ...alice, session: odd }, { format: 'json', verb: 'share.stop' })
    expect(named.fileName).toMatch(/^activity_openstack_-a-b-_filtered_\d{8}T\d{6}Z\.json$/)
    const many = { ...alice.session, projects: [...alice.session.projects, ...odd.projects] }
    const all = await exportActivity({ ...alice, session: many }, { format: 'csv' })
    expect(all.fileName).toContain('_all-projects_')
    for (const file of [named, all]) await file.body.cancel()
  })
})
