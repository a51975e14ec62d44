import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { CloudError } from '../cloud/cloud-error'
import type { ProjectContext, SessionContext } from '../context'
import { session, token } from '../store/schema'
import { inTestProject, scopeIn, signedIn } from '../testing/callers'
import { type FakeCloud, startFakeCloud } from '../testing/fake-cloud'
import { stores, type TestStore } from '../testing/stores'
import { type TestRuntime, testRuntime } from '../testing/test-runtime'
import { inProject } from './in-project'
import { projectToken } from './project-token'
import { endSession } from './session-rows'

describe.each(stores)('on $name', ({ open }) => {
  let fake: FakeCloud
  let place: TestStore
  let runtime: TestRuntime
  let ctx: SessionContext
  let alpha = ''
  let beta = ''

  beforeAll(async () => {
    ;[fake, place] = await Promise.all([startFakeCloud(), open()])
    runtime = await testRuntime({
      fake,
      store: place.store,
      env: { SHAREBOARD_READ_ONLY_ROLES: 'reader,auditor' },
    })
    const { projects } = fake.mint({
      projects: [{ name: 'alpha' }, { name: 'beta' }, { name: 'gamma' }],
      users: [
        { name: 'carol', roles: [{ project: 'alpha' }, { project: 'beta' }] },
        { name: 'rita', roles: [{ project: 'alpha', role: 'reader' }] },
      ],
      images: [{ project: 'alpha', name: 'Debian' }],
    })
    ;[alpha, beta] = [projects.alpha ?? '', projects.beta ?? '']
  })
  afterAll(async () => {
    await runtime.close()
    await Promise.all([place.close(), fake.stop()])
  })
  beforeEach(async () => {
    await place.store.db.delete(session)
    await place.store.db.delete(token)
    ctx = await signedIn(runtime, 'carol')
    fake.cloud.ledger.clear()
  })
  afterEach(() => {
    fake.heal()
    fake.cloud.settings.catalogHasImage = true
    fake.cloud.settings.imageUrlByRegion = {}
  })

  const rescopes = () => fake.calls({ method: 'POST', path: '/auth/tokens' }).length
  const sessions = async () => (await place.store.db.select().from(session)).length
  const twenty = <Output>(run: () => Promise<Output>) => Promise.all(Array.from({ length: 20 }, run))
  /** What every verb does: one call with the project's token. */
  const readImages = ({ access }: ProjectContext) =>
    access.http.send({
      method: 'GET',
      url: `${access.endpoint}/v2/images`,
      token: access.token,
      retry: 'read',
    })
  const inAlpha = () => inTestProject(ctx, alpha, readImages)

  describe('a project’s token', () => {
    test('is obtained once for twenty requests at the same time, and then kept', async () => {
      await twenty(inAlpha)
      await inAlpha()
      expect(rescopes()).toBe(1)
      const { text } =
        [...fake.cloud.tokens.values()].filter(({ projectId }) => projectId === alpha).at(-1) ?? {}
      const [row] = (await place.store.db.select().from(token)).filter(({ projectId }) => projectId === alpha)
      expect(runtime.secrets.open(row?.sealed ?? '', row?.id ?? '')).toBe(text)
    })

    test('is one per project, side by side', async () => {
      await Promise.all([twenty(inAlpha), twenty(() => inTestProject(ctx, beta, readImages))])
      expect(rescopes()).toBe(2)
    })

    test('that died is replaced once, however many met it', async () => {
      await inAlpha()
      fake.endTokens({ projectId: alpha })
      await twenty(inAlpha)
      expect(rescopes()).toBe(2)
      expect(await sessions()).toBe(1)
      const rows = await place.store.db.select().from(token)
      expect(rows.filter(({ projectId }) => projectId === alpha)).toHaveLength(1)
    })

    test('that was replaced while somebody still held the dead one is not replaced again', async () => {
      const dead = await projectToken(runtime, ctx.cloud, ctx.session, scopeIn(alpha))
      fake.endTokens({ projectId: alpha })
      const fresh = await projectToken(runtime, ctx.cloud, ctx.session, scopeIn(alpha), dead.id)
      const late = await projectToken(runtime, ctx.cloud, ctx.session, scopeIn(alpha), dead.id)
      expect([late.id, rescopes()]).toEqual([fresh.id, 2])
    })

    test('for another cloud, region or project than there is', async () => {
      const scope = scopeIn(alpha)
      const run = async () => 'never'
      await expect(inProject(ctx, { ...scope, cloud: 'other' }, false, run)).rejects.toMatchObject({
        code: 'not_found',
      })
      await expect(inProject(ctx, { ...scope, region: 'south' }, false, run)).rejects.toMatchObject({
        code: 'not_found',
      })
      const foreign = [...fake.cloud.projects.values()].find(({ name }) => name === 'gamma')?.id ?? ''
      await expect(inTestProject(ctx, foreign, run)).rejects.toMatchObject({ code: 'project_not_usable' })
      expect(await sessions()).toBe(1)
    })

    test.each([
      ['no image service', () => (fake.cloud.settings.catalogHasImage = false), 'no_image_service'],
      [
        'an image service that is not trusted',
        () => (fake.cloud.settings.imageUrlByRegion = { north: 'http://169.254.169.254/' }),
        'endpoint_not_allowed',
      ],
    ])('with %s is refused, and revoked at once because nobody keeps it', async (_what, prepare, code) => {
      prepare()
      await expect(inAlpha()).rejects.toMatchObject({ code })
      const made = [...fake.cloud.tokens.values()].filter(({ projectId }) => projectId === alpha).at(-1)
      expect(made?.revoked).toBe(true)
      expect(await place.store.db.select().from(token)).toHaveLength(1)
    })

    test('[S7] that arrives after sign-out is nobody’s: revoked, not stored', async () => {
      const hold = await fake.control.hold({ method: 'POST', path: '/auth/tokens', phase: 'answer' })
      const asking = inAlpha().catch((error: unknown) => error)
      await hold.waitFor(1)
      await endSession(place.store.db, ctx.session.idHash, runtime.clock.now())
      await hold.remove()
      expect(await asking).toMatchObject({ code: 'unauthenticated' })
      const made = [...fake.cloud.tokens.values()].filter(({ projectId }) => projectId === alpha).at(-1)
      expect(made?.revoked).toBe(true)
      const rows = await place.store.db.select().from(token)
      expect(rows.every(({ revokeDueAt }) => revokeDueAt !== null)).toBe(true)
    })
  })

  describe('[S15] [matrix 1] a session', () => {
    test('ends once its own token is dead, and leaves nothing to revoke but what it had', async () => {
      await inAlpha()
      fake.endTokens()
      const ends = await twenty(() => inAlpha().catch((error: unknown) => error))
      for (const end of ends) expect(end).toMatchObject({ code: 'unauthenticated' })
      expect(await sessions()).toBe(0)
      const rows = await place.store.db.select().from(token)
      expect(rows).toHaveLength(2)
      for (const row of rows) expect(row.revokeDueAt).not.toBeNull()
    })

    test('does not end by a 403, nor by a cloud that is away', async () => {
      for (const status of [403, 404, 500, 503]) {
        fake.fault({ service: 'image', fault: { kind: 'answer', status } })
        await expect(inAlpha()).rejects.toBeInstanceOf(CloudError)
        fake.heal()
      }
      expect(await sessions()).toBe(1)
    })

    test('does not end when one project refuses even a fresh token', async () => {
      fake.fault({ service: 'image', fault: { kind: 'answer', status: 401 } })
      await expect(inAlpha()).rejects.toMatchObject({ code: 'project_not_usable' })
      expect([rescopes(), fake.calls({ service: 'image' }).length]).toEqual([2, 2])
      expect(await sessions()).toBe(1)
    })
  })

  describe('a role that only reads', () => {
    test('[row 44] may read and is refused every write before the cloud is asked', async () => {
      const rita = await signedIn(runtime, 'rita')
      await expect(inProject(rita, scopeIn(alpha), false, readImages)).resolves.toMatchObject({ status: 200 })
      const before = fake.calls({ service: 'image' }).length
      await expect(inTestProject(rita, alpha, readImages)).rejects.toMatchObject({ code: 'read_only' })
      expect(fake.calls({ service: 'image' })).toHaveLength(before)
    })
  })

  test('the context holds the scope’s own token, project and roles', async () => {
    const seen = await inTestProject(ctx, beta, async (project) => project)
    expect(seen).toMatchObject({
      scope: scopeIn(beta),
      project: { id: beta, name: 'beta', domainId: 'default' },
      readOnly: false,
      access: { endpoint: fake.imageUrl, projectId: beta },
    })
    expect(seen.roles).toContain('member')
    expect(fake.cloud.tokens.get(seen.access.token)?.projectId).toBe(beta)
  })
})
