import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { hostile, type Resource, resources, savedBy, type Wish } from '../testing/audit-files'
import { type AuditPeople, auditPeople } from '../testing/audit-people'
import { stores } from '../testing/stores'
import type { TestAudit } from '../testing/test-audits'

describe.each(stores)('resources of audits on $name', ({ open }) => {
  let people: AuditPeople

  beforeAll(async () => {
    people = await auditPeople(open)
  })
  afterAll(() => people.close())
  afterEach(() => people.forget())

  const save = (wish: Wish, who = 'root', where = 'house') =>
    people.as(who, where, (ctx) => savedBy(ctx, wish))

  test('the same as resources, each to be taken over by its import', async () => {
    const id = await people.audit('root', hostile)
    const { text, fileName } = await save({ id, what: 'table', format: 'hcl' })
    expect(fileName).toMatch(/\.tf$/)
    const { byName, imports, all } = resources(text)
    const wanted = (hostile.images ?? []).flatMap(({ id: image_id, members = [] }) =>
      members.map(({ project, status }) => ({ image_id, member_id: project, status })),
    )
    const order = (a: Resource, b: Resource) =>
      a.image_id.localeCompare(b.image_id) || a.member_id.localeCompare(b.member_id)
    expect(all.toSorted(order)).toEqual(wanted.toSorted(order as never))
    const to = Object.entries(byName).map(([name, [{ image_id, member_id }]]) => [
      `\${openstack_images_image_access_v2.${name}}`,
      `${image_id}/${member_id}`,
    ])
    expect(imports.map((each) => [each.to, each.id]).sort()).toEqual(to.sort())
    expect(text).toContain('# projects: owner owner\n')
    // The note can't leave its comment.
    expect(text).toContain('# } resource "x" "y" {\n')
  })

  test('what is no resource is a comment that says why; a status is an administrator\u2019s to set', async () => {
    const images: TestAudit['images'] = [
      { id: 'i-1', members: [{ project: 'a' }, { project: 'a' }, { project: 'b/c' }, { project: '' }] },
      { id: 'i-2', side: 'recipient', members: [{ project: 'ours' }] },
      {
        id: 'i-3',
        members: [
          { project: 'd', type: 'domain' },
          { project: 'e', said: 'thinking' },
        ],
      },
    ]
    const own = await save(
      { id: await people.audit('alice', { images }), what: 'table', format: 'hcl' },
      'alice',
      'alpha',
    )
    expect(resources(own.text).all).toEqual([
      { image_id: 'i-1', member_id: 'a' },
      { image_id: 'i-3', member_id: 'e' },
    ])
    for (const line of [
      '# not written, there twice: image i-1, member a\n',
      '# not written, no project that the provider could manage: image i-1, member b/c\n',
      '# not written, no project that the provider could manage: image i-1, member\n',
      '# not written, no project that the provider could manage: image i-3, member d\n',
      '# not written, shared by another project, which alone can manage it: image i-2, member ours\n',
      '# status: accepted\n',
      '# status: thinking\n',
    ])
      expect.soft(own.text).toContain(line)
    const cloud = await save({ id: await people.audit('root', { images }), what: 'table', format: 'hcl' })
    expect(resources(cloud.text).all).toEqual([
      { image_id: 'i-1', member_id: 'a', status: 'accepted' },
      { image_id: 'i-3', member_id: 'e' },
    ])
  })

  test('names of resources stay the same when others come and go', async () => {
    const [images, members] = [
      [{ id: 'i-1' }, { id: 'i-2' }],
      [{ project: 'a' }, { project: 'b' }],
    ]
    const many = await people.audit('root', { images: images.map((image) => ({ ...image, members })) })
    const one = await people.audit('root', {
      images: [{ id: 'i-2', name: 'new', members: [{ project: 'b' }] }],
    })
    const namesIn = async (id: string) =>
      Object.keys(resources((await save({ id, what: 'table', format: 'hcl' })).text).byName)
    expect(await namesIn(many)).toEqual(expect.arrayContaining(await namesIn(one)))
  })
})
