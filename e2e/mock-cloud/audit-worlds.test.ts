import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { MockCloud } from './control-client.ts'
import { type RunningCloud, startMockCloud } from './server.ts'
import { askImages, projectNamed, signInAs, tokenFor } from './test-calls.ts'

let running: RunningCloud
let cloud: MockCloud

beforeAll(async () => {
  running = await startMockCloud({ seed: 'facts' })
  cloud = new MockCloud(running.controlUrl)
})

afterAll(async () => {
  await running.stop()
})

beforeEach(async () => {
  await cloud.reset('facts')
})

const membersOf = async (token: string, image: string) => {
  const answer = await askImages(running, token, `/v2/images/${image}/members`)
  const { members } = (await answer.json()) as { members: { member_id: string; status: string }[] }
  return members.map(({ member_id, status }) => `${member_id}: ${status}`)
}

describe('a member that is there twice', () => {
  test('stands in the list twice, and goes row by row', async () => {
    const image = await cloud.mintImage({ project: 'alpha', name: 'x' })
    const beta = projectNamed(running.cloud, 'beta')
    await cloud.mintMembers([
      { image, project: beta, status: 'accepted' },
      { image, project: 'other' },
      { image, project: beta, isTwin: true },
    ])
    const [owner, member] = [
      tokenFor(running.cloud, 'alice', 'alpha'),
      tokenFor(running.cloud, 'bob', 'beta'),
    ]
    expect(await membersOf(owner, image)).toEqual([`${beta}: accepted`, 'other: pending', `${beta}: pending`])
    expect(await membersOf(member, image)).toEqual([`${beta}: accepted`, `${beta}: pending`])
    const remove = () =>
      askImages(running, owner, `/v2/images/${image}/members/${beta}`, { method: 'DELETE' })
    expect((await remove()).status).toBe(204)
    expect(await membersOf(owner, image)).toEqual(
      expect.arrayContaining(['other: pending', `${beta}: pending`]),
    )
    expect((await remove()).status).toBe(204)
    expect(await membersOf(owner, image)).toEqual(['other: pending'])
    expect((await remove()).status).toBe(404)
  })
})

test('a project can be switched off and deleted behind everybody’s back', async () => {
  const token = await signInAs(running, 'admin', 'admin')
  const beta = projectNamed(running.cloud, 'beta')
  const told = async () => {
    const answer = await fetch(`${running.authUrl}/projects`, { headers: { 'X-Auth-Token': token } })
    const { projects } = (await answer.json()) as { projects: { id: string; enabled: boolean }[] }
    return projects.find(({ id }) => id === beta)?.enabled
  }
  await cloud.changeProject(beta, { enabled: false })
  expect(await told()).toBe(false)
  await cloud.deleteProject(beta)
  expect(await told()).toBeUndefined()
})

describe('a bulk of images', () => {
  test('is the same each time, spread over owners, recipients and answers', async () => {
    const world = async () => {
      await cloud.reset('facts')
      const { owners, recipients } = await cloud.mintBulk({
        images: 200,
        membersPerImage: 12,
        recipients: 40,
        owners: 3,
      })
      const all = [...running.cloud.images().images.values()].filter(({ owner }) =>
        owners.includes(owner ?? ''),
      )
      const members = all.flatMap((image) => [...image.members.values()])
      return {
        images: new Set(all.map(({ id }) => id)),
        sizes: new Set(all.map((image) => image.members.size)),
        met: new Set(members.map(({ memberId }) => memberId)),
        recipients: new Set(recipients),
        statuses: new Set(members.map(({ status }) => status)),
        isInOrder: members.every(
          ({ createdAt, updatedAt }) => createdAt <= updatedAt && updatedAt <= Date.now(),
        ),
      }
    }
    const first = await world()
    expect([first.images.size, first.sizes, first.statuses.size]).toEqual([200, new Set([12]), 3])
    expect(first.met).toEqual(first.recipients)
    expect(first.isInOrder).toBe(true)
    expect((await world()).images).toEqual(first.images)
  })

  test('of 10 000 with 10 members each is there within three seconds', async () => {
    const start = performance.now()
    await cloud.mintBulk({ images: 10_000, membersPerImage: 10, recipients: 200, owners: 20 })
    expect(performance.now() - start).toBeLessThan(3_000)
    expect(running.cloud.images().images.size).toBeGreaterThanOrEqual(10_000)
  })
})

describe('the demo', () => {
  beforeEach(async () => {
    await cloud.reset('demo')
  })

  const demo = () => {
    const images = [...running.cloud.images().images.values()]
    const shared = images.filter(({ visibility }) => visibility === 'shared')
    const members = shared.flatMap((image) => [...image.members.values(), ...(image.twins ?? [])])
    return { images, shared, members, projects: running.cloud.projects }
  }

  test('holds what an audit looks for', () => {
    const { images, shared, members, projects } = demo()
    const isProject = /^[0-9a-f]{32}$/
    const days = (time: number) => (running.cloud.clock.now() - time) / 86_400_000
    const some = {
      gone: members.some(({ memberId }) => isProject.test(memberId) && !projects.has(memberId)),
      disabled: members.some(({ memberId }) => projects.get(memberId)?.enabled === false),
      odd: members.some(({ memberId }) => !isProject.test(memberId)),
      foreign: members.some(({ memberId }) => projects.get(memberId)?.name === 'partner-acme'),
      pending: members.some(({ status, createdAt }) => status === 'pending' && days(createdAt) > 365),
      rejected: members.some(({ status }) => status === 'rejected'),
      full: shared.some((image) => image.members.size === running.cloud.settings.memberQuota),
      nearlyFull: shared.some((image) => image.members.size === 126),
      deactivated: shared.some((image) => image.status === 'deactivated' && image.members.size > 0),
      queued: shared.some((image) => image.status === 'queued' && image.members.size > 0),
      hidden: shared.some((image) => image.os_hidden && image.members.size > 0),
      old: shared.some((image) => image.status === 'active' && days(image.created_at) > 365),
      sameName: shared.some((image) =>
        shared.some((other) => other.name === image.name && other.owner !== image.owner),
      ),
      public: images.some(({ visibility }) => visibility === 'public'),
      community: images.some(({ visibility }) => visibility === 'community'),
      frozen: images.some((image) => image.visibility === 'private' && image.members.size > 0),
      twins: shared.some((image) => image.twins?.length),
    }
    expect(Object.entries(some).filter(([, is]) => !is)).toEqual([])
  })

  test('keeps what the audit needs out of the lists of its people', () => {
    const { images, projects } = demo()
    const of = (name: string) => [...projects.values()].find((project) => project.name === name)?.id ?? ''
    const owned = images.filter(({ owner }) => owner === of('platform-images'))
    expect(owned).toHaveLength(62)
    const added = images.filter(({ owner }) =>
      ['media-archive', 'research-lab'].map(of).includes(owner ?? ''),
    )
    expect(added.length).toBeGreaterThan(5)
    for (const mine of ['retail-prod', 'retail-stage', 'data-lake', 'dev-sandbox', 'platform-images'].map(
      of,
    )) {
      expect(added.filter((image) => image.members.has(mine))).toEqual([])
    }
  })
})
