import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { ProjectContext, SessionContext } from '../context'
import { session } from '../store/schema'
import { inTestProject, signedIn } from '../testing/callers'
import { type FakeCloud, startFakeCloud } from '../testing/fake-cloud'
import { stores, type TestStore } from '../testing/stores'
import { type TestRuntime, testRuntime } from '../testing/test-runtime'
import { setCannotRescope } from './session-rows'
import '../testing/quiet-log'

/** The gateway of Huawei's clouds: a token that has to be renewed, or one of another region (APIGW.0307). */
const renew = {
  kind: 'answer',
  status: 401,
  body: JSON.stringify({ error_code: 'APIGW.0307', error_msg: 'The token must be updated.' }),
} as const

describe.each(stores)('a token the gateway wants renewed, on $name', ({ open }) => {
  let fake: FakeCloud
  let place: TestStore
  let runtime: TestRuntime
  let ctx: SessionContext
  let alpha = ''
  let runs = 0

  beforeAll(async () => {
    ;[fake, place] = await Promise.all([startFakeCloud(), open()])
    runtime = await testRuntime({ fake, store: place.store })
    const { projects } = fake.mint({
      projects: [{ name: 'alpha' }],
      users: [{ name: 'carol', roles: [{ project: 'alpha' }] }],
    })
    alpha = projects.alpha ?? ''
  })
  afterAll(async () => {
    await runtime.close()
    await Promise.all([place.close(), fake.stop()])
  })
  beforeEach(async () => {
    await place.store.db.delete(session)
    ctx = await signedIn(runtime, 'carol')
    fake.cloud.ledger.clear()
    runs = 0
  })
  afterEach(() => fake.heal())

  const inAlpha = () =>
    inTestProject(ctx, alpha, ({ access }: ProjectContext) => {
      runs += 1
      return access.http.send({
        method: 'GET',
        url: `${access.endpoint}/v2/images`,
        token: access.token,
        retry: 'read',
      })
    })
  /** How many tokens were obtained for it, and how often the verb ran. */
  const asked = () => [fake.calls({ method: 'POST', path: '/auth/tokens' }).length, runs]
  const sessions = async () => (await place.store.db.select().from(session)).length

  test('is renewed, and nobody hears of it', async () => {
    await inAlpha()
    fake.fault({ service: 'image', times: 1, fault: renew })
    expect((await inAlpha()).status).toBe(200)
    expect([...asked(), await sessions()]).toEqual([2, 3, 1])
  })

  test('[row 27] although it was issued a moment ago is one of another region: told, and the session lives', async () => {
    fake.fault({ service: 'image', fault: renew })
    await expect(inAlpha()).rejects.toMatchObject({ code: 'wrong_region', vendorCode: 'APIGW.0307' })
    expect([...asked(), await sessions()]).toEqual([2, 2, 1])
  })

  test('[row 27] that cannot be renewed, but that the identity service takes, is one of another region too', async () => {
    await inAlpha()
    await setCannotRescope(place.store, ctx.session)
    fake.fault({ service: 'image', fault: renew })
    await expect(inAlpha()).rejects.toMatchObject({ code: 'wrong_region' })
    expect([...asked(), await sessions()]).toEqual([1, 2, 1])
  })

  test('that has really ended ends the session, once', async () => {
    await inAlpha()
    fake.endTokens()
    fake.fault({ service: 'image', fault: renew })
    await expect(inAlpha()).rejects.toMatchObject({ code: 'unauthenticated' })
    expect(await sessions()).toBe(0)
  })
})
