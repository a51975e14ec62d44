import { describe, expect, test } from 'vitest'
import { ask } from '../ask.ts'
import { DocumentedCloud } from './cloud.ts'

const cloud = new DocumentedCloud('huawei')

const own = (id: unknown) => `/v1/${cloud.project('alpha')}/jobs/${id}`
const progress = (id: unknown) => `/v1/cloudimages/job/${id}`

async function startAdding(projects = [cloud.project('beta')]) {
  const [image, alice] = [await cloud.image(), cloud.as('alice')]
  return { image, alice, id: await cloud.batch(alice, 'POST', { images: [image], projects }) }
}

describe('Huawei Cloud ims_03_0905, the job with its results', () => {
  test('adding: INIT, RUNNING, SUCCESS, and a row per image in small letters', async () => {
    const { image, alice, id } = await startAdding()
    const states: unknown[] = []
    for (let n = 0; n < 3; n += 1) {
      states.push(((await ask(alice, 'GET', own(id))).body as { status: string }).status)
    }
    expect(states).toEqual(['INIT', 'RUNNING', 'SUCCESS'])
    expect((await ask(alice, 'GET', own(id))).body).toEqual({
      job_id: id,
      job_type: 'imsAddImageMembersJob',
      status: 'SUCCESS',
      begin_time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      end_time: expect.stringMatching(/Z$/),
      error_code: null,
      fail_reason: null,
      entities: { results: [{ image_id: image, status: 'success' }] },
    })
  })

  test('removing: no results, and that is success', async () => {
    const { image, alice, id } = await startAdding()
    await cloud.follow(alice, own(id))
    const body = { images: [image], projects: [cloud.project('beta')] }
    const job = await cloud.follow(alice, own(await cloud.batch(alice, 'DELETE', body)))
    expect(job).toMatchObject({
      job_type: 'imsDelImageMembersJob',
      status: 'SUCCESS',
      entities: { results: [] },
    })
  })

  test('failed: a code and a reason; the other pairs were changed', async () => {
    const { image, alice, id } = await startAdding([cloud.project('beta'), '0'.repeat(32)])
    const job = await cloud.follow(alice, own(id))
    expect(job).toMatchObject({
      status: 'FAIL',
      error_code: 'IMG.0108',
      fail_reason: expect.any(String),
      entities: {
        results: [
          { image_id: image, status: 'success' },
          { image_id: image, project_id: '0'.repeat(32), status: 'fail' },
        ],
      },
    })
    expect(await cloud.members(image)).toEqual({ [cloud.project('beta')]: 'pending' })
  })

  test('is read with the project that started it alone', async () => {
    const { id } = await startAdding()
    const bob = cloud.as('bob')
    const elsewhere = await ask(bob, 'GET', own(id))
    expect([elsewhere.status, elsewhere.body]).toMatchObject([400, { error: { code: 'IMG.0030' } }])
    const foreign = await ask(bob, 'GET', `/v1/${cloud.project('beta')}/jobs/${id}`)
    expect([foreign.status, foreign.body]).toMatchObject([400, { error: { code: 'IMG.0023' } }])
  })

  test('an unknown job', async () => {
    const answer = await ask(cloud.as('alice'), 'GET', own('ff80808200aa11bb'))
    expect([answer.status, answer.body]).toMatchObject([400, { error: { code: 'IMG.0023' } }])
  })
})

test('Huawei Cloud ims_03_0911, the progress: a share of 1 and no results', async () => {
  const { alice, id } = await startAdding()
  const first = (await ask(alice, 'GET', progress(id))).body
  expect(first).toMatchObject({ status: 'INIT', end_time: '', entities: { process_percent: 0.5 } })
  const job = await cloud.follow(alice, progress(id))
  expect(job).toMatchObject({ status: 'SUCCESS', entities: { process_percent: 1, current_task: '' } })
  expect(job.entities).not.toHaveProperty('results')
})

test('Huawei Cloud API reference, members of an image in pages', async () => {
  const image = await cloud.image()
  for (const name of ['beta', 'gamma', 'delta']) await cloud.share(image, name)
  await cloud.control.mintMembers([{ image, project: 'ou-1', type: 'organization' }])
  const alice = cloud.as('alice')
  const path = `/v1/${cloud.project('alpha')}/cloudimages/${image}/members`
  const first = (await ask(alice, 'GET', `${path}?limit=3`)).body as {
    members: { member_type: string }[]
    page_info: { next_marker: string; current_count: number }
  }
  expect([first.members.length, first.page_info.current_count]).toEqual([3, 3])
  expect(first.members[0]).toMatchObject({ member_type: 'project', member_id: cloud.project('beta') })
  const rest = await ask(alice, 'GET', `${path}?limit=3&marker=${first.page_info.next_marker}`)
  expect(rest.body).toMatchObject({
    members: [{ member_id: 'ou-1', member_type: 'organization', urn: expect.any(String) }],
    page_info: { current_count: 1 },
  })
})
