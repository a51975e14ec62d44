import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { JobView } from '../../contracts/jobs'
import type { SessionContext } from '../context'
import { inTestProject, signedIn } from '../testing/callers'
import { type FakeCloud, startFakeCloud } from '../testing/fake-cloud'
import { stores, type TestStore } from '../testing/stores'
import { type TestRuntime, testRuntime } from '../testing/test-runtime'
import { ended } from './job-waiting'
import { getJob, startJob } from './jobs'

/** Any text can be a member of an image in Glance; these can't be named in an address. */
const unreachable = ['team/prod', '..', ' ']
const odd = ['PLATFORM team #1', '=HYPERLINK("x")', 'what? 100 %']

describe.each(stores)('what an administrator stops, on $name', ({ open }) => {
  let fake: FakeCloud
  let place: TestStore
  let runtime: TestRuntime
  let projects: Record<string, string>
  let images: Record<string, string>
  let root: SessionContext
  let bob: SessionContext

  beforeAll(async () => {
    ;[fake, place] = await Promise.all([startFakeCloud(), open()])
    runtime = await testRuntime({ fake, store: place.store, engine: 'real' })
    ;({ projects, images } = fake.mint({
      projects: [{ name: 'ops' }, { name: 'alpha' }, { name: 'beta' }],
      users: [
        { name: 'root', roles: [{ project: 'ops', role: 'admin' }] },
        { name: 'bob', roles: [{ project: 'beta' }] },
      ],
      images: [
        { project: 'alpha', name: 'odd' },
        { project: 'alpha', name: 'hidden', os_hidden: true },
        { project: 'alpha', name: 'off', status: 'deactivated' },
        { project: 'beta', name: 'kept' },
      ],
      members: [
        ...[...unreachable, ...odd, 'beta'].map((member) => ({ image: 'odd', project: member })),
        { image: 'hidden', project: 'beta' },
        { image: 'off', project: 'beta' },
        { image: 'kept', project: 'alpha' },
      ],
    }))
    root = await signedIn(runtime, 'root')
    bob = await signedIn(runtime, 'bob')
  })
  afterAll(async () => {
    await runtime.close()
    await Promise.all([place.close(), fake.stop()])
  })

  const image = (name: string) => images[name] ?? ''
  const project = (name: string) => projects[name] ?? ''
  const membersOf = (name: string) => [...fake.members(image(name)).keys()]
  async function stop(
    ctx: SessionContext,
    from: string,
    wish: { images: string[]; projects: string[]; only?: [number, number][] },
  ): Promise<JobView> {
    const { id } = await inTestProject(ctx, project(from), (context) =>
      startJob(context, {
        ...context.scope,
        kind: 'stop',
        except: [],
        idempotencyKey: runtime.chance.uuid(),
        ...wish,
      }),
    )
    await ended(runtime, id, 10_000)
    return getJob(ctx, { id })
  }

  test('are members of anybody’s images, odd texts too; what can’t be named in an address fails alone', async () => {
    const view = await stop(root, 'ops', { images: [image('odd')], projects: [...unreachable, ...odd] })
    expect(view).toMatchObject({
      state: 'partly_failed',
      counts: { done: 3, failed: 3 },
      cells: ['fffddd'],
      failures: [{ code: 'invalid_input', retryable: false, pairs: [0, 1, 2].map((at) => [0, at]) }],
    })
    expect(membersOf('odd').toSorted()).toEqual([...unreachable, project('beta')].toSorted())
  })

  test('are the pairs that were chosen, of hidden and deactivated images as well, and no others', async () => {
    const view = await stop(root, 'ops', {
      images: ['kept', 'hidden', 'off'].map(image),
      projects: ['alpha', 'beta'].map(project),
      only: [
        [1, 1],
        [2, 1],
      ],
    })
    expect(view).toMatchObject({ state: 'succeeded', total: 2, cells: ['..', '.d', '.d'] })
    expect(['kept', 'hidden', 'off'].map(membersOf)).toEqual([[project('alpha')], [], []])
  })

  test('is no right of anybody else', async () => {
    const wish = { images: [image('odd')], projects: [project('beta')] }
    await expect(stop(bob, 'beta', wish)).rejects.toMatchObject({ code: 'image_not_found' })
    expect(membersOf('odd')).toContain(project('beta'))
  })
})
