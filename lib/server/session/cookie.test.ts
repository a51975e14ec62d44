import { sealData } from 'iron-session'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { systemChance } from '../clock'
import { readEnv } from '../env'
import { cookieName, cookieOptions, openSessionId, sealSessionId } from './cookie'
import { secretsFrom } from './secrets'
import { sessionLimits } from './session-rows'

const [oldSecret, newSecret] = ['old-'.repeat(10), 'new-'.repeat(10)] as const
const secrets = secretsFrom([newSecret], systemChance)
const sid = systemChance.bytes(32).toString('base64url')
const at = (origin: string) => readEnv({ NODE_ENV: 'test', SHAREBOARD_PUBLIC_ORIGIN: origin })

afterEach(() => {
  vi.useRealTimers()
})

describe('[S1] the cookie', () => {
  test.each([
    ['https://share.example.org', '__Host-sid', true],
    ['https://share.example.org:8443', '__Host-sid', true],
    ['http://localhost:3000', 'sid-3000', false],
    ['http://localhost:4000', 'sid-4000', false],
    ['http://localhost', 'sid-80', false],
  ])('at %s is %s', (origin, name, secure) => {
    expect(cookieName(at(origin))).toBe(name)
    expect(cookieOptions(at(origin))).toEqual({
      httpOnly: true,
      sameSite: 'lax',
      path: '/',
      secure,
      maxAge: 8 * 60 * 60,
    })
  })

  test('[row 25] is no longer than browsers keep', async () => {
    const value = await sealSessionId(secrets, sid)
    expect(`__Host-sid=${value}`.length).toBeLessThan(1_024)
    expect(value).not.toContain(sid)
  })
})

describe('[S2] [S3] a session id in the cookie', () => {
  test('comes back as it was sealed', async () => {
    expect(await openSessionId(secrets, await sealSessionId(secrets, sid))).toBe(sid)
  })

  test('sealed under the older secret still opens while both are in force, and not afterwards', async () => {
    const old = await sealSessionId(secretsFrom([oldSecret], systemChance), sid)
    expect(await openSessionId(secretsFrom([newSecret, oldSecret], systemChance), old)).toBe(sid)
    expect(await openSessionId(secrets, old)).toBeNull()
  })

  test('is too old after the absolute limit', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const sealed = await sealSessionId(secrets, sid)
    // iron-session grants a minute for clocks that differ.
    vi.setSystemTime(Date.now() + sessionLimits.absoluteMs + 61_000)
    expect(await openSessionId(secrets, sealed)).toBeNull()
  })

  test('is read from nothing but our own seal', async () => {
    const good = await sealSessionId(secrets, sid)
    const password = secrets.cookiePasswords.sealWith
    const junk = [
      undefined,
      '',
      'x',
      sid,
      'Fe26.2**',
      good.slice(1),
      good.slice(0, 120),
      'a'.repeat(100_000),
      JSON.stringify({ sid }),
      '%00',
      await sealData({ sid: 42 }, { password, ttl: 60 }),
      await sealData({ sid: '' }, { password, ttl: 60 }),
      await sealData({ other: sid }, { password, ttl: 60 }),
      await sealData('text', { password, ttl: 60 }),
    ]
    for (const value of junk)
      expect(await openSessionId(secrets, value), String(value).slice(0, 40)).toBeNull()
  })

  test('survives any single changed character as null, never as another id', async () => {
    const good = await sealSessionId(secrets, sid)
    for (let index = 0; index < good.length; index += 3) {
      const letter = good[index] === 'x' ? 'y' : 'x'
      const opened = await openSessionId(secrets, good.slice(0, index) + letter + good.slice(index + 1))
      expect([null, sid]).toContain(opened)
    }
  })
})
