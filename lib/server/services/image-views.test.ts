import { describe, expect, test } from 'vitest'
import { glanceFamily } from '../cloud/family'
import { type GlanceImage, GlanceMember } from '../cloud/glance'
import { imsFamily, oldGlanceFamily } from '../testing/image-access'
import { nameFrom, shareObstacleOf, toDetail, toMembers, toSummary } from './image-views'

const bare: GlanceImage = {
  id: '5b7e6f3a-1c2d-4e5f-8a9b-0c1d2e3f4a5b',
  status: 'active',
  visibility: 'shared',
  created_at: '2026-11-01T00:00:00Z',
  updated_at: '2026-11-02T00:00:00Z',
}

describe('an image as our screens know it', () => {
  test('[row 39] with nothing said about it has an empty name and nulls', () => {
    expect(toSummary(bare, glanceFamily)).toEqual({
      id: bare.id,
      name: '',
      status: 'active',
      visibility: 'shared',
      owner: null,
      os: null,
      sizeBytes: null,
      diskFormat: null,
      containerFormat: null,
      hidden: false,
      protected: false,
      tags: [],
      shareObstacle: null,
      cautions: [],
      createdAt: bare.created_at,
      updatedAt: bare.updated_at,
    })
    expect(toDetail(bare, glanceFamily)).toMatchObject({
      minDiskGb: 0,
      minRamMb: 0,
      checksum: null,
      properties: [],
    })
  })

  test.each([
    [{ os_distro: 'debian', os_version: '12' }, 'debian 12'],
    [{ os_distro: 'debian' }, 'debian'],
    [{ os_type: 'linux' }, 'linux'],
    [{ os_distro: '', os_type: 'windows', os_version: '' }, 'windows'],
    [{ os_version: '12' }, null],
    [{ os_distro: 12 }, null],
  ])('names its system from %o', (properties, os) => {
    expect(toSummary({ ...bare, ...properties }, glanceFamily).os).toBe(os)
  })

  test.each([
    ['private', 'private'],
    ['community', 'community'],
    ['public', 'public'],
    ['Shared', 'unknown'],
    ['', 'unknown'],
  ])('[row 45] is of visibility "%s": %s', (visibility, shown) => {
    expect(toSummary({ ...bare, visibility }, glanceFamily).visibility).toBe(shown)
  })

  test('[U3] shows what its owner wrote and no address of its data', () => {
    const { properties } = toDetail(
      {
        ...bare,
        direct_url: 'rbd://pool/image',
        locations: [{ url: 'file:///srv' }],
        self: '/v2/images/x',
        file: '/v2/images/x/file',
        schema: '/v2/schemas/image',
        stores: 'ceph',
        os_glance_importing_to_stores: 'ceph',
        zebra: 'stripes',
        hw_disk_bus: 'scsi',
        a_list: ['not a text'],
        a_number: 5,
      },
      glanceFamily,
    )
    expect(properties).toEqual([
      { key: 'hw_disk_bus', value: 'scsi' },
      { key: 'zebra', value: 'stripes' },
    ])
  })

  test('[U8] shows so many properties and no more, whatever they are called', () => {
    const many = Object.fromEntries(Array.from({ length: 500 }, (_, at) => [`p${at}`, 'x']))
    expect(toDetail({ ...bare, ...many }, glanceFamily).properties).toHaveLength(128)
    const odd = { ...bare, ...(JSON.parse('{"constructor": "x", "toString": "y"}') as object) }
    expect(toDetail(odd as GlanceImage, glanceFamily).properties.map(({ key }) => key)).toEqual([
      'constructor',
      'toString',
    ])
  })
})

describe('an obstacle to sharing', () => {
  test.each([
    ['Glance 2.5', glanceFamily, 'shared', null],
    ['Glance 2.5', glanceFamily, 'private', 'visibility'],
    ['Glance 2.5', glanceFamily, 'community', 'visibility'],
    ['Glance 2.5', glanceFamily, 'public', 'visibility'],
    ['Glance 2.5, that says something new,', glanceFamily, 'secret', null],
    ['an older Glance', oldGlanceFamily, 'private', null],
    ['an older Glance', oldGlanceFamily, 'public', 'visibility'],
    ['IMS', imsFamily, 'private', null],
    ['IMS', imsFamily, 'shared', null],
    ['IMS', imsFamily, 'public', 'visibility'],
  ] as const)('on %s: %o with visibility "%s" has %s', (_cloud, family, visibility, wanted) => {
    expect(shareObstacleOf({ ...bare, visibility }, family)).toBe(wanted)
  })

  test.each([
    [{ __imagetype: 'market' }, 'marketplace'],
    [{ __productcode: 'sku-1' }, 'marketplace'],
    [{ status: 'queued' }, 'not_active'],
    [{ __isregistered: 'false' }, 'not_active'],
    [{ status: 'ACTIVE', __isregistered: 'True', __productcode: '' }, null],
    [{ __system__cmkid: 'key-1', __whole_image: 'true' }, null],
  ])('on IMS, seen from %o: %s', (fields, wanted) => {
    expect(shareObstacleOf({ ...bare, visibility: 'private', ...fields }, imsFamily)).toBe(wanted)
    // On Glance an owner may write the same fields, and they mean nothing.
    expect(shareObstacleOf({ ...bare, ...fields }, glanceFamily)).toBeNull()
  })
})

describe('what IMS alone says of an image', () => {
  const row = {
    ...bare,
    __whole_image: 'true',
    __system__cmkid: 'key-1',
    __os_type: 'Linux',
    __os_version: 'Debian 12 64bit',
    __data_origin: 'server_backup,vault-1',
    __description: 'Hardened',
    virtual_env_type: 'FusionCompute',
    enterprise_project_id: '0',
    max_ram: '',
    architecture: 'x86',
  }

  test('[row 39] [row 41] becomes cautions and its system', () => {
    expect(toSummary(row, imsFamily)).toMatchObject({
      os: 'Debian 12 64bit',
      cautions: ['encrypted', 'full_server'],
    })
    expect(toSummary({ ...row, __whole_image: false }, imsFamily).cautions).toEqual(['encrypted'])
    expect(toSummary(row, glanceFamily)).toMatchObject({ os: null, cautions: [] })
  })

  test('is not passed off as written by its owner', () => {
    expect(toDetail(row, imsFamily).properties.map(({ key }) => key)).toEqual([
      '__description',
      'architecture',
    ])
    // On Glance whatever stands there was written by somebody, but what is empty says nothing.
    expect(toDetail(row, glanceFamily).properties.map(({ key }) => key)).toEqual(
      expect.arrayContaining(['enterprise_project_id', 'virtual_env_type']),
    )
    expect(toDetail(row, glanceFamily).properties.map(({ key }) => key)).not.toContain('max_ram')
  })
})

describe('members', () => {
  const row = (member_id: string, status: GlanceMember['status'], updated_at = 'later'): GlanceMember => ({
    image_id: bare.id,
    member_id,
    status,
    created_at: 'earlier',
    updated_at,
    said: null,
  })
  const nameOf = nameFrom([{ id: 'p2', name: 'Anton', domainId: 'd', enabled: true }])

  test('have the names that the cloud tells, and come in their order', () => {
    expect(toMembers([row('p1', 'pending'), row('p2', 'accepted')], nameOf)).toEqual([
      { project: 'p2', projectName: 'Anton', status: 'accepted', sharedAt: 'earlier', answeredAt: 'later' },
      { project: 'p1', projectName: null, status: 'pending', sharedAt: 'earlier', answeredAt: null },
    ])
  })

  test('[row 45] in a state nobody has heard of keep the cloud’s own word for it', () => {
    const strange = GlanceMember.parse({ ...row('p1', 'pending'), status: '<b>On Hold</b>' })
    expect(
      toMembers([strange, GlanceMember.parse({ ...row('p2', 'pending'), status: 'ACCEPTED' })], nameOf),
    ).toEqual([
      { project: 'p2', projectName: 'Anton', status: 'accepted', sharedAt: 'earlier', answeredAt: 'later' },
      {
        project: 'p1',
        projectName: null,
        status: 'pending',
        said: '<b>On Hold</b>',
        sharedAt: 'earlier',
        answeredAt: null,
      },
    ])
  })

  test('[row 43] that are no projects are kept and say what they are', () => {
    const rows = [
      { ...row('p1', 'accepted', ''), member_type: 'project' },
      { ...row('d1', 'accepted'), member_type: 'domain' },
    ]
    const [domain, project] = toMembers(rows, nameOf)
    expect(domain).toMatchObject({ project: 'd1', type: 'domain' })
    expect(project).not.toHaveProperty('type')
    expect(project).not.toHaveProperty('twice')
    expect(project?.answeredAt).toBeNull()
  })

  test.each<[GlanceMember['status'][], GlanceMember['status']]>([
    [['pending', 'accepted'], 'accepted'],
    [['accepted', 'pending'], 'accepted'],
    [['pending', 'pending'], 'pending'],
    [['rejected', 'pending', 'pending'], 'rejected'],
  ])('that a race has doubled (%o) are one', (statuses, shown) => {
    const members = toMembers(
      statuses.map((status) => row('p1', status)),
      nameOf,
    )
    expect(members.map(({ status, twice }) => [status, twice])).toEqual([[shown, true]])
  })
})
