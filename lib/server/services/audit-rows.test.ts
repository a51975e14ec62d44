import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { AuditRowsPage } from '../../contracts/audits'
import type { ProjectContext } from '../context'
import { auditImage } from '../store/schema'
import { type AuditPeople, auditPeople } from '../testing/audit-people'
import { stores } from '../testing/stores'
import { findInAudit } from './audit-findings'
import { listAuditProjects, listAuditRows } from './audit-rows'
import { getAudit } from './audits'

describe.each(stores)('the rows of an audit on $name', ({ open }) => {
  let people: AuditPeople

  beforeAll(async () => {
    people = await auditPeople(open)
  })
  afterAll(() => people.close())
  afterEach(() => people.forget())

  const pages = (id: string, from = '0') =>
    people.as('alice', 'alpha', async (ctx) => {
      const all: AuditRowsPage[] = []
      let after = from
      do {
        const page = await listAuditRows(ctx, { id, after })
        all.push(page)
        after = page.next
      } while (all.at(-1)?.more)
      return all
    })

  test('come with their members as tuples, with times in seconds', async () => {
    const id = await people.audit('alice', {
      images: [
        {
          id: 'i-1',
          name: '=cmd',
          members: [
            { project: 'p-1', status: 'pending', sharedAt: '2026-11-01T00:00:01Z' },
            { project: 'p-2', status: 'rejected', sharedAt: null, said: 'tired' },
            { project: 'p-1', status: 'accepted', answeredAt: 'never', type: 'domain' },
          ],
        },
        { id: 'i-2', visibility: 'public', refused: 'forbidden', members: [{ project: 'p-2' }] },
      ],
    })
    const shared = Date.UTC(2026, 10, 1) / 1_000
    expect(await pages(id)).toEqual([
      {
        images: [
          {
            id: 'i-1',
            name: '=cmd',
            owner: 'owner',
            status: 'active',
            visibility: 'shared',
            hidden: false,
            createdAt: '2026-11-01T00:00:00Z',
            updatedAt: '2026-11-01T00:00:00Z',
            side: 'owner',
            via: 'owner',
            refused: null,
            members: [
              [0, 'p', shared + 1, null],
              [1, 'r', null, null, { said: 'tired' }],
              [0, 'a', shared, null, { type: 'domain' }],
            ],
          },
          expect.objectContaining({ id: 'i-2', refused: 'forbidden', members: [[1, 'a', shared, null]] }),
        ],
        projects: ['p-1', 'p-2'],
        next: '2',
        more: false,
      },
    ])
  })

  test('come in pages of some hundred, and further ones when more has been read', async () => {
    const images = Array.from({ length: 1_203 }, (_, at) => ({ id: `i-${at}` }))
    const id = await people.audit('alice', { images, state: 'running', finishedAt: null })
    const all = await pages(id)
    expect(all.map((page) => page.images.length)).toEqual([500, 500, 203])
    expect(all.flatMap((page) => page.images.map((image) => image.id))).toEqual(
      images.map((image) => image.id),
    )
    const end = all.at(-1)?.next ?? ''
    expect(await pages(id, end)).toEqual([{ images: [], projects: [], next: end, more: false }])
    await people.db.insert(auditImage).values({
      auditId: id,
      imageId: 'later',
      seq: 1_300,
      name: '',
      owner: null,
      status: 'active',
      visibility: 'shared',
      hidden: false,
      createdAt: '',
      updatedAt: '',
      side: 'owner',
      via: [],
      state: 'read',
    })
    const [more] = await pages(id, end)
    expect(more).toMatchObject({ images: [{ id: 'later', via: '' }], next: '1300', more: false })
  })

  test('come in shorter pages where images have many members', async () => {
    const many = Array.from({ length: 12_000 }, () => ({ project: 'p-1' }))
    const few = [{ project: 'p-1' }]
    const images = [few, many, many, few].map((members, at) => ({ id: `i-${at}`, members }))
    const all = await pages(await people.audit('alice', { images }))
    expect(all.map((page) => page.images.map((image) => image.id))).toEqual([
      ['i-0', 'i-1'],
      ['i-2', 'i-3'],
    ])
  })

  test('are waited for where nothing has been read', async () => {
    const id = await people.audit('alice', { state: 'queued' })
    expect(await pages(id)).toEqual([{ images: [], projects: [], next: '0', more: false }])
    expect(await people.acts('audit.view'), 'nothing was shown').toEqual([])
  })

  test('a look is logged once, whether at rows or at findings', async () => {
    const id = await people.audit('alice', { images: [{ id: 'i-1' }] })
    await people.as('alice', 'alpha', async (ctx) => {
      await listAuditRows(ctx, { id, after: '0' })
      await listAuditRows(ctx, { id, after: '0' })
      await findInAudit(ctx, { id })
    })
    expect(await people.acts('audit.view')).toEqual([
      expect.objectContaining({
        userName: 'alice',
        region: 'north',
        projectId: people.project('alpha'),
        targets: { auditId: id, requestId: 'req-test' },
      }),
    ])
  })

  test('a look from a place in the middle is logged as well, and one at the projects', async () => {
    const images = [{ id: 'i-1' }, { id: 'i-2' }]
    const looks: ((ctx: ProjectContext, id: string) => Promise<unknown>)[] = [
      (ctx, id) => listAuditRows(ctx, { id, after: '1' }),
      (ctx, id) => listAuditProjects(ctx, { id }),
    ]
    for (const [at, look] of looks.entries()) {
      const id = await people.audit('alice', { images })
      await people.as('alice', 'alpha', (ctx) => look(ctx, id))
      expect(await people.acts('audit.view')).toHaveLength(at + 1)
    }
  })

  test('projects are told by id, whatever the language of the database', async () => {
    const known = { name: 'Öl', domainId: 'd', domainName: 'D', standing: 'disabled' as const }
    const id = await people.audit('alice', { projects: [{ id: 'b' }, { id: 'B', ...known }, { id: 'a' }] })
    const told = await people.as('alice', 'alpha', (ctx) => listAuditProjects(ctx, { id }))
    expect(told.map((project) => project.id)).toEqual(['B', 'a', 'b'])
    expect(told[0]).toEqual({ id: 'B', ...known })
  })

  test("another's audit is as unknown as any, and a cloud's is the administrator's, where the token is one", async () => {
    const [own, cloud] = [await people.audit('alice'), await people.audit('root')]
    const elsewhere = await people.audit('alice', { region: 'south' })
    const may = async (who: string, where: string, id: string) => {
      const asked = [
        (ctx: ProjectContext): Promise<unknown> => listAuditRows(ctx, { id, after: '0' }),
        (ctx: ProjectContext): Promise<unknown> => listAuditProjects(ctx, { id }),
        (ctx: ProjectContext): Promise<unknown> => findInAudit(ctx, { id }),
        (ctx: ProjectContext): Promise<unknown> => getAudit(ctx, { id }),
      ]
      const answers = await Promise.allSettled(asked.map((run) => people.as(who, where, run)))
      const said = answers.map((answer) => (answer.status === 'fulfilled' ? 'yes' : answer.reason.code))
      return [...new Set(said)]
    }
    expect(await may('alice', 'beta', own)).toEqual(['yes'])
    expect(await may('root', 'house', cloud)).toEqual(['yes'])
    for (const [who, where, id] of [
      ['alice', 'alpha', elsewhere],
      ['alice', 'alpha', cloud],
      ['alice', 'alpha', randomUUID()],
      ['bob', 'beta', own],
      ['vera', 'alpha', own],
      ['root', 'house', own],
      // An administrator elsewhere, but not with this token.
      ['root', 'beta', cloud],
    ] as const)
      expect.soft(await may(who, where, id), `${who} in ${where}`).toEqual(['not_found'])
    expect(await people.acts('audit.view')).toHaveLength(2)
  })
})
