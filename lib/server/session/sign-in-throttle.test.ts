import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { ErrorCode } from '../../contracts/errors'
import { CloudError } from '../cloud/cloud-error'
import { signInFailure } from '../store/schema'
import type { Store } from '../store/store'
import { FakeClock } from '../testing/fake-clock'
import { stores, type TestStore } from '../testing/stores'
import { testEnv } from '../testing/test-runtime'
import { attemptsOf, delayMs, forgetOldFailures, throttled } from './sign-in-throttle'

const second = 1_000
const minute = 60 * second

describe('[S11] the next attempt waits', () => {
  const waitAfter = (failures: number[], now: number) => delayMs(failures, 3, now)

  test('not before so many were refused in five minutes', () => {
    expect(waitAfter([], 0)).toBe(0)
    expect(waitAfter([0, minute], minute)).toBe(0)
    expect(waitAfter([0, minute, 6 * minute], 6 * minute)).toBe(0)
  })

  test('a minute at first, then twice as long each time, a quarter of an hour at most', () => {
    expect(waitAfter([0, 0, 0], 0)).toBe(minute)
    expect(waitAfter([0, 0, 0], 40 * second)).toBe(20 * second)
    expect(waitAfter([0, 0, 0], minute)).toBe(0)
    expect(waitAfter([0, 0, 0, minute], minute)).toBe(2 * minute)
    expect(waitAfter([0, 0, 0, minute, 3 * minute], 3 * minute)).toBe(4 * minute)
    expect(waitAfter([0, 0, 0, ...Array(9).fill(minute)], minute)).toBe(15 * minute)
  })
})

describe('[S11] whose attempts are counted', () => {
  test('is told by cloud, domain and user, in any letter case', () => {
    const who = attemptsOf('a', 'Default', 'ines')
    expect(attemptsOf('a', 'default', 'INES')).toBe(who)
    for (const [cloud, domain, user] of [
      ['b', 'Default', 'ines'],
      ['a', 'Other', 'ines'],
      ['a', 'Default', 'otto'],
      ['a', 'Defaulti', 'nes'],
    ] as const) {
      expect(attemptsOf(cloud, domain, user)).not.toBe(who)
    }
    expect(who).toMatch(/^[0-9a-f]{64}$/)
  })

  // MySQL's usual collations find the same row for all of these, so they are one account to Keystone.
  test.each([
    ['a blank after it', 'ines '],
    ['blanks of other kinds', '\u00a0ines\u3000'],
    ['an accent', 'inés'],
    ['an accent of its own', 'ine\u0301s'],
    ['wide letters', 'ｉｎｅｓ'],
    ['a letter that is not seen', 'in\u200bes'],
    ['a soft hyphen', 'in\u00ades'],
    ['a dotted capital', 'İNES'],
  ])('[S11] is not told apart by %s', (_what, user) => {
    expect(attemptsOf('a', 'Default', user)).toBe(attemptsOf('a', 'Default', 'ines'))
    expect(attemptsOf('a', user, 'x')).toBe(attemptsOf('a', 'ines', 'x'))
  })
})

describe.each(stores)('on $name', ({ open, isShared }) => {
  let place: TestStore
  let clock: FakeClock
  let asked = 0

  beforeAll(async () => {
    place = await open()
  })
  afterAll(() => place.close())
  beforeEach(async () => {
    clock = new FakeClock()
    asked = 0
    await place.store.db.delete(signInFailure)
  })

  const env = testEnv({ authUrl: 'http://127.0.0.1:9/v3' }, { SHAREBOARD_SIGN_IN_FAILURES: '3' })
  const on = (store: Store) => ({ store, clock, env })
  const refused = (code: ErrorCode) => async () => {
    asked += 1
    throw new CloudError(code)
  }
  const answered = (state: 'issued' | 'passcode') => async () => {
    asked += 1
    return { state }
  }
  const attempt = (run: () => Promise<{ state: 'issued' | 'passcode' }>, who = 'ines', store = place.store) =>
    throttled(on(store), who, run).then(
      ({ state }) => state,
      (error: { code: string }) => error.code,
    )
  const failTimes = async (n: number) => {
    for (let i = 0; i < n; i += 1) await attempt(refused('wrong_credentials'))
  }

  test('a sign-in is refused before the cloud is asked, and says for how long', async () => {
    await failTimes(3)
    const error = await throttled(on(place.store), 'ines', answered('issued')).catch((e: unknown) => e)
    expect(error).toMatchObject({ code: 'sign_in_throttled', values: { seconds: 60 } })
    expect(asked).toBe(3)
    expect(await attempt(answered('issued'), 'otto')).toBe('issued')
    await clock.advance(minute)
    expect(await attempt(refused('wrong_passcode'))).toBe('wrong_passcode')
    await clock.advance(minute)
    expect(await attempt(answered('issued'))).toBe('sign_in_throttled')
    await clock.advance(minute)
    expect(await attempt(answered('issued'))).toBe('issued')
  })

  test('success clears the count; the right password alone does not', async () => {
    await failTimes(2)
    expect(await attempt(answered('passcode'))).toBe('passcode')
    await failTimes(1)
    expect(await attempt(answered('issued'))).toBe('sign_in_throttled')
    await clock.advance(minute)
    expect(await attempt(answered('issued'))).toBe('issued')
    expect(await place.store.db.select().from(signInFailure)).toHaveLength(0)
  })

  test.each([
    ['upstream_unavailable', 0],
    ['throttled', 0],
    ['password_expired', 0],
    ['timeout', 1],
    ['account_locked', 1],
    ['wrong_passcode', 1],
  ] as const)('%s counts %i times', async (code, rows) => {
    expect(await attempt(refused(code))).toBe(code)
    expect(await place.store.db.select().from(signInFailure)).toHaveLength(rows)
  })

  test('of many at the same time no more reach the cloud than may fail', async () => {
    const ends = await Promise.all(Array.from({ length: 30 }, () => attempt(refused('wrong_credentials'))))
    expect(asked).toBe(3)
    expect(ends.filter((code) => code === 'sign_in_throttled')).toHaveLength(27)
  })

  test('no more than twenty are under way at a time, and every one gets its turn', async () => {
    let running = 0
    let most = 0
    const open: (() => void)[] = []
    const slow = async () => {
      running += 1
      most = Math.max(most, running)
      await new Promise<void>((resolve) => open.push(resolve))
      running -= 1
      return { state: 'issued' as const }
    }
    const all = Array.from({ length: 25 }, (_, n) => attempt(slow, `user ${n}`))
    let done = 0
    for (const one of all)
      void one.then(() => {
        done += 1
      })
    // Everybody has been written down, so whoever does not run waits.
    while ((await place.store.db.$count(signInFailure)) < 25 || running < 20) {
      await new Promise((resolve) => setImmediate(resolve))
    }
    while (done < 25) {
      open.shift()?.()
      await new Promise((resolve) => setImmediate(resolve))
    }
    expect(await Promise.all(all)).toEqual(Array(25).fill('issued'))
    expect(most).toBe(20)
  })

  test('what is old is forgotten', async () => {
    await failTimes(1)
    await clock.advance(61 * minute)
    await failTimes(1)
    await forgetOldFailures(place.store, clock.now())
    expect(await place.store.db.select().from(signInFailure)).toHaveLength(1)
  })

  if (isShared) {
    test('two replicas count together', async () => {
      const other = await place.another()
      const ends = await Promise.all(
        Array.from({ length: 20 }, (_, n) =>
          attempt(refused('wrong_credentials'), 'ines', n % 2 === 0 ? place.store : other),
        ),
      )
      expect(asked).toBe(3)
      expect(ends.filter((code) => code === 'sign_in_throttled')).toHaveLength(17)
      await other.close()
    })
  }
})
