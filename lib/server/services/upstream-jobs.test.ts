import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { UpstreamJobInput } from '../../contracts/inputs/jobs'
import { startBatch } from '../cloud/batch-sharing'
import type { SessionContext } from '../context'
import { inTestProject, signedIn } from '../testing/callers'
import { type FakeCloud, startFakeCloud } from '../testing/fake-cloud'
import { stores, type TestStore } from '../testing/stores'
import { type TestRuntime, testRuntime } from '../testing/test-runtime'
import { ended } from './job-waiting'
import { getJob, startJob } from './jobs'
import { getUpstreamJob } from './upstream-jobs'

describe.each(stores)('jobs of the cloud’s on $name', ({ open }) => {
  let fake: FakeCloud
  let place: TestStore
  let runtime: TestRuntime
  let alice: SessionContext
  let image: string
  let alpha: string
  let beta: string

  beforeAll(async () => {
    ;[fake, place] = await Promise.all([startFakeCloud({ flavour: 'otc' }), open()])
    // Nothing here is about signing in.
    fake.cloud.settings.identity = 'keystone'
    runtime = await testRuntime({ fake, store: place.store, engine: 'real' })
    const { projects } = fake.mint({
      projects: [{ name: 'alpha' }, { name: 'beta' }],
      users: [{ name: 'alice', roles: [{ project: 'alpha' }, { project: 'beta' }] }],
    })
    alpha = projects.alpha ?? ''
    beta = projects.beta ?? ''
    alice = await signedIn(runtime, 'alice')
  })
  afterAll(async () => {
    await runtime.close()
    await Promise.all([place.close(), fake.stop()])
  })
  beforeEach(() => {
    image = fake.mint({ images: [{ project: 'alpha', name: 'Debian' }] }).imageIds[0] ?? ''
  })

  const look = (id: string, project = alpha) =>
    inTestProject(alice, project, (ctx) => getUpstreamJob(ctx, { ...ctx.scope, id }))
  /** As another tool starts one. */
  const startElsewhere = () =>
    inTestProject(alice, alpha, async (ctx) => {
      const { jobId } = await startBatch(ctx.access, { operation: 'add', images: [image], projects: [beta] })
      return jobId
    })

  test('one from elsewhere is followed to its end, with what the cloud tells of its images', async () => {
    const id = await startElsewhere()
    expect(await look(id)).toMatchObject({ id, state: 'running', finishedAt: null, results: [] })
    await look(id)
    expect(await look(id)).toMatchObject({
      type: 'imsAddImageMembersJob',
      state: 'succeeded',
      startedAt: expect.stringMatching(/^\d{4}-.*Z$/),
      finishedAt: expect.stringMatching(/^\d{4}-.*Z$/),
      code: null,
      results: [{ imageId: image, projectId: null, succeeded: true }],
    })
  })

  test('one that failed says why, in our words', async () => {
    await fake.control.planJobs({
      outcome: 'FAIL',
      errorCode: 'IMG.0108',
      fields: { begin_time: '06-May-2031 07:08' },
    })
    const id = await startElsewhere()
    for (let polls = 0; polls < 2; polls += 1) await look(id)
    expect(await look(id)).toMatchObject({
      state: 'failed',
      code: 'project_unknown',
      startedAt: null,
      results: [{ imageId: image, projectId: beta, succeeded: false }],
    })
  })

  test('one of another project, or of nobody, is not found', async () => {
    const id = await startElsewhere()
    await expect(look(id, beta)).rejects.toMatchObject({ code: 'not_found' })
    await expect(look('ff80808200aa11bb0200cc22dd33ee44')).rejects.toMatchObject({ code: 'not_found' })
  })

  test('one that is kept from us says that it belongs to another project', async () => {
    await fake.control.planJobs({ unreadable: 403 })
    await expect(look(await startElsewhere())).rejects.toMatchObject({ code: 'wrong_project' })
  })

  test.each(['', 'a/b', '../x', 'a b', 'x'.repeat(65)])('%j is no id', (id) => {
    expect(UpstreamJobInput.safeParse({ cloud: 'otc', region: 'r', project: alpha, id }).success).toBe(false)
  })

  test('a job of ours names the jobs of the cloud that carry it out', async () => {
    const { id } = await inTestProject(alice, alpha, (ctx) =>
      startJob(ctx, {
        ...ctx.scope,
        kind: 'share',
        images: [image],
        projects: [beta],
        except: [],
        idempotencyKey: runtime.chance.uuid(),
      }),
    )
    await ended(runtime, id, 10_000)
    const view = await getJob(alice, { id })
    expect(view).toMatchObject({ state: 'succeeded', calls: [{ state: 'succeeded', pairs: 1, code: null }] })
    expect(await look(view.calls[0]?.id ?? '')).toMatchObject({ state: 'succeeded' })
  })
})
