import { expect, test } from 'playwright/test'
import { newId } from '../mock-cloud/ids.ts'
import { type Evidence, findSecrets } from '../tools/canary-search.ts'
import { openStoreHome, type StoreHome, type StoreKind } from '../tools/store-home.ts'
import {
  type Canaries,
  type CanaryLife,
  echoes,
  openCanaryLife,
  readEverything,
  signInSomehow,
  startShare,
  stateOf,
  throughFaults,
  workSomehow,
} from './canary-life.ts'
import { memberWrites } from './share-run.ts'

// L6: a token and a password that are easy to find are found nowhere.

const newCanaries = (): Canaries => ({
  token: `canary-token-${newId()}`,
  password: `canary-password-${newId()}`,
  wrongPassword: `canary-mistyped-${newId()}`,
})

/** The embedded store is tried with Keystone's own tokens, the other one with the longest that Huawei's have been seen to be. */
const tokenLengths: Record<StoreKind, number | null> = { PGlite: null, PostgreSQL: 20_000 }

async function withLife<Result>(
  store: StoreKind,
  run: (life: CanaryLife, canaries: Canaries, home: StoreHome) => Promise<Result>,
): Promise<Result> {
  const [home, canaries] = [await openStoreHome(store), newCanaries()]
  const life = await openCanaryLife(home, canaries, tokenLengths[store])
  try {
    return await run(life, canaries, home)
  } finally {
    await life.close()
    await home.remove()
  }
}

/** The first words of the places where a text stands. */
const mediaOf = (evidence: readonly Evidence[], text: string) =>
  [...new Set(evidence.filter(({ content }) => content.includes(text)).map(mediumOf))].toSorted()

const mediumOf = ({ place }: Evidence) => place.split(' ')[0] ?? ''

/** A copy of what was found, with a secret put into the middle of one piece of it. */
function planted({ place, content }: Evidence, secret: Buffer): Evidence {
  const middle = Math.floor(content.length / 2)
  return { place, content: Buffer.concat([content.subarray(0, middle), secret, content.subarray(middle)]) }
}

for (const store of ['PGlite', 'PostgreSQL'] as const) {
  test(`L6: canaries for token and password are found nowhere, on ${store}`, async () => {
    test.setTimeout(300_000)
    await withLife(store, async (life, canaries, home) => {
      const { tenant, cloud } = life
      const cookie = await signInSomehow(life, canaries)
      const stream = await life.listen(cookie)
      await readEverything(life, tenant, cookie)
      await life.act('rememberScope', tenant.scope, cookie)
      await life.act(
        'setVisibility',
        { ...tenant.scope, imageId: tenant.images[2], visibility: 'private' },
        cookie,
      )
      await life.act(
        'setVisibility',
        { ...tenant.scope, imageId: tenant.images[2], visibility: 'shared' },
        cookie,
      )
      const images = { service: 'image', projectId: tenant.scope.project } as const
      const list = `/api/images?${new URLSearchParams({ ...tenant.scope })}`
      const page = `/${Object.values(tenant.scope).join('/')}/images`
      await throughFaults(life, echoes(canaries.token), images, async () => {
        await life.get(list, { headers: { cookie } })
        await life.get(page, { headers: { cookie } })
      })
      await throughFaults(life, echoes(canaries.token).slice(0, 2), images, () =>
        readEverything(life, tenant, cookie),
      )
      const atKill = await workSomehow(life, cookie, canaries)
      await stream.until(({ events }) => events.some(({ type }) => type === 'job'), 1_000)

      // A job whose token dies stays behind, paused, together with its session's end.
      const hold = await cloud.hold({ ...memberWrites, phase: 'request' })
      const id = await startShare(life, cookie, 3)
      await hold.waitFor(4)
      await cloud.endTokens({ how: 'revoke', projectId: tenant.scope.project })
      await hold.remove()
      await expect.poll(() => stateOf(life, cookie, id), { timeout: 20_000 }).toBe('paused')

      const revocation = { service: 'identity', method: 'DELETE', path: '^/v3/auth/tokens$' } as const
      await throughFaults(life, echoes(canaries.token).slice(0, 1), revocation, async () => {
        await life.act('signOut', {}, cookie)
        await cloud.waitForCalls(revocation, 1, { timeoutMs: 20_000 })
      })
      await readEverything(life, tenant, cookie)
      await life.stop()

      const everything = [...life.said(), ...atKill, ...(await home.evidence())]
      expect(findSecrets(everything, { ...canaries })).toEqual([])
      // The search has looked where it should: names that may stand there do.
      const files = store === 'PGlite' ? ['file'] : []
      expect(mediaOf(everything, tenant.mark)).toEqual(['answer', ...files, 'table'])
      expect(mediaOf(everything, 'the cloud refused or failed')).toEqual(['log'])
      expect(mediaOf(everything, 'data: {"type":"job"')).toEqual(['event'])
      for (const secret of Object.values(canaries)) {
        for (const medium of ['answer', 'event', 'log', 'table', ...files]) {
          const leaks = everything.filter((each) => mediumOf(each) === medium).slice(0, 1)
          const bytes = Buffer.from(`leaked: ${secret}`)
          const found = findSecrets(
            leaks.map((leak) => planted(leak, bytes)),
            { ...canaries },
          )
          expect(found, medium).toHaveLength(1)
        }
      }
    })
  })

  test(`L6: a cloud that leaks its token is found out in every medium, on ${store}`, async () => {
    test.setTimeout(300_000)
    await withLife(store, async (life, canaries, home) => {
      const { tenant, cloud } = life
      const cookie = await signInSomehow(life, canaries)
      // The leak: a name that is the token, on the way from the cloud through every layer, and an address with it.
      await cloud.changeImage(tenant.images[0] ?? '', { name: canaries.token })
      await life.get(`/${canaries.token}/north/${tenant.scope.project}/images`, { headers: { cookie } })
      await life.get(`/api/images?${new URLSearchParams({ ...tenant.scope })}`, { headers: { cookie } })
      await startShare(life, cookie, 1)
      await life.stop()
      const found = findSecrets([...life.said(), ...(await home.evidence())], { token: canaries.token })
      for (const medium of ['answer to GET /api/images', 'log', 'table public.job,']) {
        expect(found).toContainEqual(expect.stringContaining(`the token stands in ${medium}`))
      }
      if (store === 'PGlite') expect(found).toContainEqual(expect.stringContaining('in file pg/'))
    })
  })
}
