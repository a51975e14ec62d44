import { parse as parseCsv } from 'csv-parse/sync'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import {
  hostile,
  nasty,
  readAt,
  records,
  resources,
  savedBy,
  unguarded,
  type Wish,
} from '../testing/audit-files'
import { type AuditPeople, auditPeople } from '../testing/audit-people'
import { stores } from '../testing/stores'
import type { TestAudit } from '../testing/test-audits'
import { exportAudit } from './audit-export'

describe.each(stores)('files of audits on $name', ({ open }) => {
  let people: AuditPeople

  beforeAll(async () => {
    people = await auditPeople(open)
  })
  afterAll(() => people.close())
  afterEach(() => people.forget())

  const save = (wish: Wish, who = 'root', where = 'house') =>
    people.as(who, where, (ctx) => savedBy(ctx, wish))

  test('a table reads back as it was, whatever the names are', async () => {
    const id = await people.audit('root', hostile)
    const { text, fileName, contentType } = await save({ id, what: 'table', format: 'csv' })
    expect([fileName, contentType]).toEqual([
      'audit_openstack_north_cloud_table_20261120T120000Z.csv',
      'text/csv; charset=utf-8',
    ])
    expect(text).toMatch(/\r\n$/)
    for (const row of parseCsv(text) as string[][])
      for (const cell of row) expect(cell).not.toMatch(/^\s*[=+\-@]/)
    const rows = records(text)
    expect(rows).toHaveLength(nasty.length * 2)
    const first = rows.filter(({ status }) => status === 'pending')
    expect(first.map(({ image_name }) => unguarded(image_name)).sort()).toEqual(nasty.toSorted())
    expect(first.map((row) => unguarded(row.recipient_name)).sort()).toEqual(nasty.toSorted())
    for (const row of first)
      expect(row).toMatchObject({
        image_created_utc: '2026-01-02T03:04:05.000Z',
        shared_utc: '2026-11-10T12:00:00.000Z',
        answered_utc: '',
        age_days: '10',
        hidden: 'false',
        recipient_standing: 'disabled',
        read_as: 'owner',
        not_read: '',
      })
  })

  test('the same as JSON, with what the audit is', async () => {
    const id = await people.audit('root', {
      ...hostile,
      signedOffBy: 'root',
      signedOffAt: readAt,
      sources: [{ id: 'house', name: 'house' }],
    })
    const file = await save({ id, what: 'table', format: 'json' })
    const csv = records((await save({ id, what: 'table', format: 'csv' })).text)
    const { rows, exported_utc, ...facts } = JSON.parse(file.text)
    expect(facts).toEqual({
      cloud: 'openstack',
      region: 'north',
      reach: 'cloud',
      projects: [{ id: 'house', name: 'house', not_read: null }],
      audit: id,
      state: 'complete',
      read_utc: readAt.toISOString(),
      read_by: 'root',
      lists_cut: false,
      images: nasty.length,
      images_not_read: 0,
      note: hostile.note,
      signed_off_by: 'root',
      signed_off_utc: readAt.toISOString(),
    })
    expect(exported_utc).toMatch(/Z$/)
    expect(file.fileName).toMatch(/\.json$/)
    expect(rows.map((row: object) => Object.keys(row))).toEqual(csv.map((row) => Object.keys(row)))
    expect(rows.map((row: { image_name: string }) => row.image_name)).toEqual(
      csv.map((row) => unguarded(row.image_name)),
    )
    expect(rows[0]).toMatchObject({ hidden: false, answered_utc: null })
  })

  test('rows stand in the order of image name, id and project, in every format and each time', async () => {
    const members = ['c', 'a', 'B'].map((project) => ({ project }))
    const images = [
      { id: 'i-2', name: 'same' },
      { id: 'i-1', name: 'same' },
      { id: 'i-3', name: 'Zoo' },
    ].map((image) => ({ ...image, members }))
    const order = async (shuffled: typeof images) => {
      const id = await people.audit('root', { images: shuffled })
      const { text } = await save({ id, what: 'table', format: 'csv' })
      return records(text).map((row) => `${row.image_id} ${row.recipient_id}`)
    }
    const sorted = ['i-3', 'i-1', 'i-2'].flatMap((image) => ['B', 'a', 'c'].map((who) => `${image} ${who}`))
    expect(await order(images)).toEqual(sorted)
    expect(await order(images.toReversed())).toEqual(sorted)
  })

  test('an image without members, or whose members could not be read, has a row', async () => {
    const images = [
      { id: 'i-1', visibility: 'public' as const },
      { id: 'i-2', refused: 'forbidden' as const },
    ]
    const id = await people.audit('root', { images })
    const { text } = await save({ id, what: 'table', format: 'csv' })
    expect(records(text)).toMatchObject([
      { image_id: 'i-1', recipient_id: '', not_read: '' },
      { image_id: 'i-2', recipient_id: '', not_read: 'forbidden' },
    ])
    expect(resources((await save({ id, what: 'table', format: 'hcl' })).text).all).toEqual([])
  })

  test('nothing at all is still a file of its kind', async () => {
    const id = await people.audit('root', {})
    const csv = await save({ id, what: 'table', format: 'csv' })
    expect(parseCsv(csv.text)).toHaveLength(1)
    expect(JSON.parse((await save({ id, what: 'table', format: 'json' })).text).rows).toEqual([])
    expect(resources((await save({ id, what: 'findings', format: 'hcl' })).text).all).toEqual([])
  })

  test('findings: one row each, and the memberships they are about', async () => {
    const images: TestAudit['images'] = [
      {
        id: 'i-2',
        name: 'old',
        createdAt: '2020-01-01T00:00:00Z',
        members: [{ project: 'a' }, { project: 'b' }],
      },
      {
        id: 'i-1',
        name: 'new',
        members: [
          { project: 'a', status: 'rejected' },
          { project: 'b' },
          { project: 'c', status: 'pending', sharedAt: '2026-01-01T00:00:00Z' },
        ],
      },
    ]
    const projects = [{ id: 'a', name: 'A', standing: 'disabled' as const }]
    const id = await people.audit('root', { images, projects })
    const rows = records((await save({ id, what: 'findings', format: 'csv' })).text)
    expect(rows.map((row) => `${row.finding} ${row.image_id} ${row.recipient_id}`.trim())).toEqual([
      'recipient_disabled i-1 a',
      'rejected i-1 a',
      'pending_long i-1 c',
      'image_old i-2',
      'recipient_disabled i-2 a',
    ])
    const { text } = await save({ id, what: 'findings', format: 'hcl' })
    expect(resources(text).all.map(({ image_id, member_id }) => `${image_id} ${member_id}`)).toEqual([
      'i-1 a',
      'i-1 c',
      'i-2 a',
      'i-2 b',
    ])
    expect(text).toContain('# finding: recipient_disabled\n# finding: rejected\n')
    const one = await save({ id, what: 'findings', format: 'json', kind: 'rejected' })
    expect(one.fileName).toBe('audit_openstack_north_cloud_findings-rejected_20261120T120000Z.json')
    expect(JSON.parse(one.text)).toMatchObject({
      finding: 'rejected',
      rows: [{ image_id: 'i-1', status: 'rejected' }],
    })
  })

  test('differences: those of each member, and the memberships of today', async () => {
    const earlier = await people.audit('root', {
      createdAt: new Date('2026-10-01T08:00:00Z'),
      images: [
        { id: 'i-1', name: '=1', members: [{ project: 'a', status: 'pending' }, { project: 'b' }] },
        { id: 'i-3', name: 'c' },
      ],
    })
    const id = await people.audit('root', {
      images: [
        { id: 'i-1', name: '=1', members: [{ project: 'a' }] },
        { id: 'i-2', name: 'b', members: [{ project: 'a' }, { project: 'b' }] },
        { id: 'i-3', name: 'c', refused: 'forbidden' },
      ],
    })
    const wish = { id, what: 'changes' as const, earlier }
    const csv = await save({ ...wish, format: 'csv' })
    expect(csv.fileName).toBe(
      'audit_openstack_north_cloud_changes-since-20261001T080000Z_20261120T120000Z.csv',
    )
    const rows = records(csv.text)
    expect(rows).toHaveLength(4)
    expect(rows.slice(0, 2)).toEqual([
      {
        change: 'answer',
        image_name: "'=1",
        image_id: 'i-1',
        owner_id: 'owner',
        recipient_name: '',
        recipient_id: 'a',
        status_before: 'pending',
        status_after: 'accepted',
      },
      expect.objectContaining({ change: 'gone', recipient_id: 'b', status_after: '' }),
    ])
    expect(JSON.parse((await save({ ...wish, format: 'json' })).text)).toMatchObject({
      compared_with: earlier,
      compared_with_read_utc: '2026-10-01T08:00:00.000Z',
      images_left_out: 1,
    })
    const { text } = await save({ ...wish, format: 'hcl' })
    expect(resources(text).all.map(({ image_id, member_id }) => `${image_id} ${member_id}`)).toEqual([
      'i-1 a',
      'i-2 a',
      'i-2 b',
    ])
    expect(text).toContain('# not written, no longer shared: image i-1, member b\n')
    expect(text).toContain('# images that could not be compared: 1\n')
  })

  test('differences are all in the file, however many a screen lists', async () => {
    const members = Array.from({ length: 2_100 }, (_, at) => ({ project: `p-${at}` }))
    const earlier = await people.audit('root', { createdAt: new Date('2026-10-01T08:00:00Z') })
    const id = await people.audit('root', { images: [{ id: 'i-1', members }] })
    const { text } = await save({ id, what: 'changes', earlier, format: 'csv' })
    expect(records(text)).toHaveLength(2_100)
  })

  test('an audit that is not complete says so', async () => {
    const id = await people.audit('root', { state: 'cancelled', images: [{ id: 'i-1' }] })
    const { fileName, text } = await save({ id, what: 'table', format: 'json' })
    expect(fileName).toBe('audit_openstack_north_cloud_table_partial_20261120T120000Z.json')
    expect(JSON.parse(text)).toMatchObject({ state: 'cancelled' })
    await expect(save({ id, what: 'changes', format: 'csv', earlier: id })).rejects.toMatchObject({
      code: 'conflict',
    })
  })

  test("another's audit can't be saved, and nothing is noted of it", async () => {
    const id = await people.audit('alice')
    for (const [who, where] of [
      ['bob', 'beta'],
      ['root', 'house'],
    ] as const)
      await expect(save({ id, what: 'table', format: 'csv' }, who, where)).rejects.toMatchObject({
        code: 'not_found',
      })
    expect(await people.acts('audit.export')).toEqual([])
  })

  test('each export is noted before its first byte, and again with how it ended', async () => {
    const images = Array.from({ length: 600 }, (_, at) => ({ id: `i-${at}`, members: [{ project: 'a' }] }))
    const id = await people.audit('root', { images })
    const wish: Wish = { id, what: 'table', format: 'csv' }
    const begin = () => people.as('root', 'house', (ctx) => exportAudit(ctx, wish))
    const told = async () =>
      (await people.acts('audit.export')).map(({ phase, outcome, targets }) => [phase, outcome, targets.rows])

    await begin()
    expect(await told()).toEqual([['intent', null, undefined]])
    await people.forget()

    const full = await people.audit('root', { id, images })
    expect(full).toBe(id)
    await save(wish)
    expect(await told()).toEqual([
      ['intent', null, undefined],
      ['outcome', 'succeeded', 600],
    ])
    expect((await people.acts('audit.export'))[0]).toMatchObject({
      userName: 'root',
      region: 'north',
      projectId: people.project('house'),
      targets: { auditId: id, what: 'table', format: 'csv', requestId: 'req-test' },
    })
    await people.forget()

    await people.audit('root', { id, images })
    const reader = (await begin()).body.getReader()
    await reader.read()
    await reader.read()
    await reader.cancel()
    expect(await told()).toEqual([
      ['intent', null, undefined],
      ['outcome', 'cancelled', 500],
    ])
  })
})
