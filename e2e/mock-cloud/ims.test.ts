import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { MockCloud } from './control-client.ts'
import type { JobPlan } from './ims/job-list.ts'
import { type RunningCloud, startMockCloud } from './server.ts'
import { askImages, memberPost, projectNamed, tokenFor } from './test-calls.ts'

let running: RunningCloud
let cloud: MockCloud
let token: string
let alpha: string
let beta: string
let gamma: string
let image: string

beforeAll(async () => {
  running = await startMockCloud({ seed: 'facts', flavour: 'otc' })
  cloud = new MockCloud(running.controlUrl)
})

afterAll(async () => {
  await running.stop()
})

beforeEach(async () => {
  await cloud.reset('facts')
  alpha = projectNamed(running.cloud, 'alpha')
  beta = projectNamed(running.cloud, 'beta')
  gamma = projectNamed(running.cloud, 'gamma')
  token = tokenFor(running.cloud, 'alice', 'alpha')
  image = await cloud.mintImage({ project: 'alpha', name: 'x' })
})

async function add(projects: string[], images = [image]): Promise<string> {
  const body = JSON.stringify({ images, projects })
  const answer = await askImages(running, token, '/v1/cloudimages/members', { method: 'POST', body })
  expect(answer.status, await answer.clone().text()).toBe(200)
  return ((await answer.json()) as { job_id: string }).job_id
}

type JobAnswer = { status: string; error_code: string | null; entities: unknown; end_time: string }

const read = (job: string) => askImages(running, token, `/v1/${alpha}/jobs/${job}`)
const readJob = async (job: string) => (await (await read(job)).json()) as JobAnswer

/** The last of as many polls as a job needs. */
async function finished(job: string): Promise<JobAnswer> {
  for (let n = 0; n < 2; n += 1) await read(job)
  return readJob(job)
}

const members = async () => (await cloud.image(image)).members.map(({ memberId }) => memberId)

describe('a job', () => {
  test('changes the members when it is done, not before', async () => {
    const job = await add([beta])
    expect((await readJob(job)).status).toBe('INIT')
    expect((await readJob(job)).status).toBe('RUNNING')
    expect(await members()).toEqual([])
    expect((await readJob(job)).status).toBe('SUCCESS')
    expect(await members()).toEqual([beta])
  })

  test('is done by the clock where nobody polls', async () => {
    await add([beta])
    expect(await members()).toEqual([])
    await cloud.advance(3)
    expect(await members()).toEqual([beta])
    expect(await cloud.imsJobs()).toMatchObject([{ state: 'SUCCESS', polls: 0 }])
  })

  test('changes them at once where the cloud is set so', async () => {
    await cloud.set({ imsJobEffect: 'start' })
    const job = await add([beta])
    expect(await members()).toEqual([beta])
    expect((await readJob(job)).status).toBe('INIT')
  })

  test('stays away from an image that was deleted meanwhile', async () => {
    const job = await add([beta])
    await cloud.deleteImage(image)
    expect(await finished(job)).toMatchObject({ status: 'FAIL', error_code: 'IMG.0027' })
  })
})

describe('a planned job', () => {
  const planned = async (plan: JobPlan) => {
    await cloud.planJobs(plan)
    return finished(await add([beta, gamma]))
  }

  test('succeeds with a pair missing', async () => {
    expect((await planned({ skipPairs: 1 })).status).toBe('SUCCESS')
    expect(await members()).toEqual([beta])
  })

  test('skips the pairs that are named', async () => {
    expect((await planned({ outcome: 'SUCCESS', skipPairs: [[image, beta]] })).status).toBe('SUCCESS')
    expect(await members()).toEqual([gamma])
  })

  test('fails and changes nothing', async () => {
    const job = await planned({ outcome: 'FAIL', errorCode: 'IMG.0061' })
    expect(job).toMatchObject({ status: 'FAIL', error_code: 'IMG.0061' })
    expect(await members()).toEqual([])
  })

  test('fails with all pairs there', async () => {
    expect(await planned({ outcome: 'FAIL', skipPairs: 0 })).toMatchObject({ status: 'FAIL' })
    expect(await members()).toEqual([beta, gamma])
  })

  test('never ends until it is released', async () => {
    expect((await planned({ never: true })).status).toBe('RUNNING')
    await cloud.advance(600)
    expect(await members()).toEqual([])
    expect(await cloud.releaseJobs()).toBe(1)
    expect(await members()).toEqual([beta, gamma])
  })

  test.each([
    [400, 'IMG.0023'],
    [403, 'IMG.0026'],
    [404, 'IMG.0023'],
  ] as const)('cannot be read (%i), yet does its work', async (unreadable, code) => {
    await cloud.planJobs({ unreadable })
    const answer = await read(await add([beta]))
    expect([answer.status, await answer.json()]).toMatchObject([unreadable, { error: { code } }])
    expect(await members()).toEqual([beta])
  })

  test('answers in another shape', async () => {
    const fields = { entities: null, end_time: '', status: 'success' }
    expect(await planned({ fields })).toMatchObject(fields)
  })

  test('is as many as it is for, and none after them', async () => {
    await cloud.planJobs({ outcome: 'FAIL', times: 2 })
    const states: string[] = []
    for (let n = 0; n < 3; n += 1) states.push((await finished(await add([beta]))).status)
    expect(states).toEqual(['FAIL', 'FAIL', 'SUCCESS'])
  })
})

describe('the ledger', () => {
  test('names the pairs that a job changed, at the call that started it, each once', async () => {
    const job = await add([beta, gamma])
    const batch = async () => (await cloud.ledger({ path: '^/v1/cloudimages/members$' })).calls
    expect(await batch()).toMatchObject([
      {
        images: [image],
        projects: [beta, gamma],
        jobId: job,
        changed: false,
        changedPairs: [],
        changedAfter: null,
      },
    ])
    await finished(job)
    await finished(await add([beta]))
    const [first, second] = await batch()
    expect(first).toMatchObject({
      changed: true,
      changedPairs: [
        [image, beta],
        [image, gamma],
      ],
    })
    expect(first?.changedAfter).toBeGreaterThan(first?.seq ?? 0)
    expect(second).toMatchObject({ changed: false, changedPairs: [] })
    expect(await cloud.imsJobs()).toMatchObject([
      { id: job, startedBy: first?.seq, changedPairs: first?.changedPairs },
      { startedBy: second?.seq, pairs: [[image, beta]], changedPairs: [] },
    ])
  })

  test('does the same for native calls', async () => {
    await memberPost(running, token, image, beta)
    const { calls } = await cloud.ledger({ path: '/members$' })
    expect(calls).toMatchObject([{ changed: true, changedPairs: [[image, beta]] }])
  })

  test('finds a batch call by a project in it', async () => {
    await add([beta, gamma])
    expect((await cloud.ledger({ member: gamma })).calls).toHaveLength(1)
    expect((await cloud.ledger({ member: alpha })).calls).toHaveLength(0)
  })
})

describe('kinds of clouds', () => {
  test('come and go with a reset', async () => {
    await cloud.reset('facts', 'ecl')
    expect(await cloud.settings()).toMatchObject({ visibilityModel: 'private', imageFamily: 'glance' })
    await cloud.reset('facts')
    expect(await cloud.settings()).toMatchObject({ visibilityModel: 'any', tokenLength: 9120 })
    await expect(cloud.reset('facts', 'nope' as 'otc')).rejects.toThrow('no flavour nope')
  })

  test('are what a seed is made for', async () => {
    await cloud.reset('demo-otc')
    expect(await cloud.settings()).toMatchObject({ imageFamily: 'ims' })
    const images = [...running.cloud.images().images.values()]
    for (const kind of ['encrypted', 'fullServer', 'market', 'gold'] as const) {
      expect(images.filter(({ ims }) => ims[kind]).length, kind).toBeGreaterThan(0)
    }
    expect([...running.cloud.projects.values()].map(({ name }) => name)).toContain('north')
  })

  test('of OpenStack know nothing of IMS', async () => {
    await cloud.reset('facts', 'openstack')
    const own = tokenFor(running.cloud, 'alice', 'alpha')
    const statuses = ['/v2/cloudimages?limit=1', '/v1/cloudimages/quota'].map(
      async (path) => (await askImages(running, own, path)).status,
    )
    expect(await Promise.all(statuses)).toEqual([404, 300])
  })
})
