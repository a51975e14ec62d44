import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type AuditPeople, auditPeople } from '../testing/audit-people'
import { stores } from '../testing/stores'
import type { TestAudit } from '../testing/test-audits'
import { compareAudits } from './audit-changes'
import { findInAudit } from './audit-findings'

const day = (at: number) => new Date(Date.UTC(2026, 9, at))

describe.each(stores)('two audits on $name', ({ open }) => {
  let people: AuditPeople

  beforeAll(async () => {
    people = await auditPeople(open)
  })
  afterAll(() => people.close())
  afterEach(() => people.forget())

  const both = async (before: TestAudit, after: TestAudit, who = 'alice') => ({
    earlier: await people.audit(who, { createdAt: day(1), ...before }),
    id: await people.audit(who, { createdAt: day(2), ...after }),
  })
  const compare = (ids: { id: string; earlier: string }, who = 'alice', where = 'alpha') =>
    people.as(who, where, (ctx) => compareAudits(ctx, ids))
  const said = async (before: TestAudit, after: TestAudit, who = 'alice', where = 'alpha') => {
    const { changes, counts, imagesLeftOut } = await compare(await both(before, after, who), who, where)
    const rows = changes.map(
      ({ kind, image, project, ...change }) =>
        `${kind} ${image.id} ${project} ${change.before ?? '-'} ${change.after ?? '-'}`,
    )
    expect(counts.new + counts.gone + counts.answer).toBe(rows.length)
    return { rows, imagesLeftOut }
  }
  const shared = (...projects: string[]) => projects.map((project) => ({ project }))

  test('differ in members that are new, gone or answered otherwise; what is the same is no change', async () => {
    const answer = await said(
      {
        images: [
          { id: 'i-1', members: [...shared('a', 'b'), { project: 'c', status: 'pending' }] },
          { id: 'i-2', members: shared('a') },
        ],
      },
      {
        images: [
          { id: 'i-1', members: [...shared('b', 'd'), { project: 'c', status: 'rejected' }] },
          { id: 'i-3', members: [{ project: 'a', status: 'pending' }] },
          { id: 'i-4' },
        ],
      },
    )
    expect(answer).toEqual({
      rows: [
        'gone i-1 a accepted -',
        'answer i-1 c pending rejected',
        'new i-1 d - accepted',
        'gone i-2 a accepted -',
        'new i-3 a - pending',
      ],
      imagesLeftOut: 0,
    })
  })

  test('are told in the order of the newest name, then id, by code points', async () => {
    const members = shared('p')
    const { rows } = await said(
      {
        images: [
          { id: 'i-5', name: 'zebra', members },
          { id: 'i-1', name: 'Zoo', members },
        ],
      },
      {
        images: [
          { id: 'i-3', name: 'same', members },
          { id: 'i-5', name: 'Apple' },
          { id: 'i-2', name: 'same', members },
          { id: 'i-9', name: 'äpfel', members },
        ],
      },
    )
    expect(rows.map((row) => row.split(' ')[1])).toEqual(['i-5', 'i-1', 'i-2', 'i-3', 'i-9'])
  })

  test('leave out images whose members one of them could not read', async () => {
    const refused = { refused: 'forbidden' as const }
    expect(
      await said(
        {
          images: [
            { id: 'i-1', members: shared('a') },
            { id: 'i-2', ...refused },
            { id: 'i-3', ...refused },
          ],
        },
        {
          images: [
            { id: 'i-1', ...refused },
            { id: 'i-2', members: shared('a') },
          ],
        },
      ),
    ).toEqual({ rows: [], imagesLeftOut: 3 })
  })

  test('do not take for gone or new what one of them may have missed', async () => {
    const images = [{ id: 'i-1', members: shared('a') }]
    const leftOut = { rows: [], imagesLeftOut: 1 }
    expect(await said({ images }, { isTruncated: true })).toEqual(leftOut)
    expect(await said({ isTruncated: true }, { images })).toEqual(leftOut)
    // Its project could not be entered, or is no longer one of the person's.
    const closed = { sources: [{ id: 'owner', name: 'owner', code: 'project_not_usable' as const }] }
    expect(await said({ images }, closed)).toEqual(leftOut)
    expect(await said({ images }, { sources: [] })).toEqual(leftOut)
    // Once the owner's list, once the own row alone.
    expect(await said({ images }, { images: [{ id: 'i-1', side: 'recipient' }] })).toEqual(leftOut)
    // An administrator reads everything from any project.
    expect(await said({ images }, { sources: [{ id: 'x', name: 'x' }] }, 'root', 'house')).toEqual({
      rows: ['gone i-1 a accepted -'],
      imagesLeftOut: 0,
    })
  })

  test('name projects as the later one does, else as the earlier', async () => {
    const ids = await both(
      {
        images: [{ id: 'i-1', members: shared('a', 'b', 'c') }],
        projects: [
          { id: 'a', name: 'old a' },
          { id: 'b', name: 'old b' },
        ],
      },
      { images: [{ id: 'i-2', members: shared('a') }], projects: [{ id: 'a', name: 'new a' }] },
    )
    const { changes, earlier } = await compare(ids)
    expect(changes.map(({ projectName }) => projectName)).toEqual(['new a', 'old b', null, 'new a'])
    expect(earlier).toMatchObject({ id: ids.earlier, state: 'complete' })
  })

  test('are counted whole and listed up to a cap', async () => {
    const members = shared(...Array.from({ length: 2_001 }, (_, at) => `p-${at}`))
    const { changes, counts, isCut } = await compare(await both({}, { images: [{ id: 'i', members }] }))
    expect([changes.length, counts, isCut]).toEqual([2_000, { new: 2_001, gone: 0, answer: 0 }, true])
  })

  test('have to be complete, of one reach, in their order, and for the eyes of who asks', async () => {
    const refused = async (ids: { id: string; earlier: string }, code: string, who = 'alice') =>
      expect.soft(compare(ids, who)).rejects.toMatchObject({ code })
    const ids = await both({}, {})
    await refused({ id: ids.earlier, earlier: ids.id }, 'invalid_input')
    await refused({ id: ids.id, earlier: ids.id }, 'invalid_input')
    await refused({ ...ids, earlier: randomUUID() }, 'not_found')
    for (const state of ['running', 'cancelled'] as const) {
      await refused(await both({ state }, {}), 'conflict')
      await refused(await both({}, { state }), 'conflict')
    }
    await refused({ ...ids, earlier: await people.audit('bob', { createdAt: day(1) }) }, 'not_found')
    const cloud = await people.audit('root', { createdAt: day(1) })
    const own = await people.audit('root', { reach: 'own', createdAt: day(2) })
    await expect(compare({ id: own, earlier: cloud }, 'root', 'house')).rejects.toMatchObject({
      code: 'conflict',
    })
  })

  test('tell which images hold members behind another visibility', async () => {
    const frozenIn = async (id: string) => {
      const { findings, images, notChecked } = await people.as('root', 'house', (ctx) =>
        findInAudit(ctx, { id }),
      )
      const frozen = findings.find(({ kind }) => kind === 'members_frozen')
      return {
        frozen: frozen?.rows.map(([image]) => images[image]) ?? [],
        isLookedFor: !notChecked.some(({ kind }) => kind === 'members_frozen'),
      }
    }
    const image = (visibility: 'shared' | 'public', more = {}) => ({
      images: [{ id: 'i-1', visibility, ...more }],
    })
    const members = shared('a')
    const oldest = await people.audit('root', { createdAt: day(1), ...image('shared', { members }) })
    const hidden = await people.audit('root', { createdAt: day(3), ...image('public', { hadMembers: true }) })
    const back = await people.audit('root', { createdAt: day(4), ...image('shared', { members }) })
    expect(await frozenIn(oldest)).toEqual({ frozen: [], isLookedFor: false })
    expect(await frozenIn(hidden)).toEqual({ frozen: ['i-1'], isLookedFor: true })
    expect(await frozenIn(back)).toEqual({ frozen: [], isLookedFor: true })
  })

  test('say that nothing earlier is there: an incomplete audit does not count, nor one of another reach', async () => {
    const first = await people.audit('root', { createdAt: day(3) })
    await people.audit('root', { createdAt: day(2), state: 'cancelled' })
    await people.audit('root', { createdAt: day(2), reach: 'own' })
    await people.audit('root', { createdAt: day(4) })
    const { notChecked } = await people.as('root', 'house', (ctx) => findInAudit(ctx, { id: first }))
    expect(notChecked).toContainEqual({ kind: 'members_frozen', why: 'no_earlier' })
  })
})
