import { describe, expect, test } from 'vitest'
import type { GlanceImage, GlanceMember } from '../cloud/glance'
import { nameFrom, toDetail, toMembers, toSummary } from './image-views'

const bare: GlanceImage = {
  id: '5b7e6f3a-1c2d-4e5f-8a9b-0c1d2e3f4a5b',
  status: 'active',
  visibility: 'shared',
  created_at: '2026-11-01T00:00:00Z',
  updated_at: '2026-11-02T00:00:00Z',
}

describe('an image as our screens know it', () => {
  test('with nothing said about it has an empty name and nulls', () => {
    expect(toSummary(bare)).toEqual({
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
      createdAt: bare.created_at,
      updatedAt: bare.updated_at,
    })
    expect(toDetail(bare)).toMatchObject({ minDiskGb: 0, minRamMb: 0, checksum: null, properties: [] })
  })

  test.each([
    [{ os_distro: 'debian', os_version: '12' }, 'debian 12'],
    [{ os_distro: 'debian' }, 'debian'],
    [{ os_type: 'linux' }, 'linux'],
    [{ os_distro: '', os_type: 'windows', os_version: '' }, 'windows'],
    [{ os_version: '12' }, null],
    [{ os_distro: 12 }, null],
  ])('names its system from %o', (properties, os) => {
    expect(toSummary({ ...bare, ...properties }).os).toBe(os)
  })

  test.each([
    ['private', 'private'],
    ['community', 'community'],
    ['public', 'public'],
    ['Shared', 'unknown'],
    ['', 'unknown'],
  ])('is of visibility "%s": %s', (visibility, shown) => {
    expect(toSummary({ ...bare, visibility }).visibility).toBe(shown)
  })

  test('[U3] shows what its owner wrote and no address of its data', () => {
    const { properties } = toDetail({
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
    })
    expect(properties).toEqual([
      { key: 'hw_disk_bus', value: 'scsi' },
      { key: 'zebra', value: 'stripes' },
    ])
  })

  test('[U8] shows so many properties and no more, whatever they are called', () => {
    const many = Object.fromEntries(Array.from({ length: 500 }, (_, at) => [`p${at}`, 'x']))
    expect(toDetail({ ...bare, ...many }).properties).toHaveLength(128)
    const odd = { ...bare, ...(JSON.parse('{"constructor": "x", "toString": "y"}') as object) }
    expect(toDetail(odd as GlanceImage).properties.map(({ key }) => key)).toEqual(['constructor', 'toString'])
  })
})

describe('members', () => {
  const row = (member_id: string, status: GlanceMember['status'], updated_at = 'later'): GlanceMember => ({
    image_id: bare.id,
    member_id,
    status,
    created_at: 'earlier',
    updated_at,
  })
  const nameOf = nameFrom([{ id: 'p2', name: 'Anton', domainId: 'd', enabled: true }])

  test('have the names that the cloud tells, and come in their order', () => {
    expect(toMembers([row('p1', 'pending'), row('p2', 'accepted')], nameOf)).toEqual([
      { project: 'p2', projectName: 'Anton', status: 'accepted', sharedAt: 'earlier', answeredAt: 'later' },
      { project: 'p1', projectName: null, status: 'pending', sharedAt: 'earlier', answeredAt: null },
    ])
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
    expect(members.map(({ status }) => status)).toEqual([shown])
  })
})
