import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { systemChance } from '../clock'
import { readEnv } from '../env'
import { loadSecrets, secretsFrom } from './secrets'

const [oldSecret, newSecret] = ['old-'.repeat(10), 'new-'.repeat(10)] as const
const rowId = 'b1f0c2de-0000-4000-8000-000000000001'
const token = 'gAAAAABmCanaryCanaryCanary'
const current = secretsFrom([newSecret], systemChance)

describe('[S2] [K2] sealed text', () => {
  test('opens to what was sealed, whatever its length', () => {
    for (const text of ['', 'x', token, 'ü€😀', 'T'.repeat(20_000)]) {
      expect(current.open(current.seal(text, rowId), rowId)).toBe(text)
    }
  })

  test('shows nothing of what it holds and is never the same twice', () => {
    const [first, second] = [current.seal(token, rowId), current.seal(token, rowId)]
    expect(first).not.toBe(second)
    expect(Buffer.from(first, 'base64').toString('latin1')).not.toContain('Canary')
    const ivOf = (sealed: string) => Buffer.from(sealed, 'base64').subarray(5, 17).toString('hex')
    expect(new Set(Array.from({ length: 500 }, () => ivOf(current.seal('x', rowId)))).size).toBe(500)
  })

  test('does not open for another row', () => {
    const sealed = current.seal(token, rowId)
    expect(() => current.open(sealed, rowId.replace(/1$/, '2'))).toThrow()
    expect(() => current.open(sealed, '')).toThrow()
  })

  test('does not open once any byte of it is changed', () => {
    const bytes = Buffer.from(current.seal('abc', rowId), 'base64')
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = Buffer.from(bytes)
      changed[at] = (changed[at] ?? 0) ^ 1
      expect(() => current.open(changed.toString('base64'), rowId), `byte ${at}`).toThrow()
    }
  })

  test('does not open once it is cut anywhere, or longer', () => {
    const bytes = Buffer.from(current.seal('abc', rowId), 'base64')
    for (let length = 0; length < bytes.length; length += 1) {
      expect(() => current.open(bytes.subarray(0, length).toString('base64'), rowId), `${length}`).toThrow()
    }
    expect(() => current.open(Buffer.concat([bytes, Buffer.of(0)]).toString('base64'), rowId)).toThrow()
  })
})

describe('[K1] rotation', () => {
  const both = secretsFrom([newSecret, oldSecret], systemChance)
  const before = secretsFrom([oldSecret], systemChance)

  test('the newest secret seals, the older one still opens', () => {
    expect(both.open(before.seal(token, rowId), rowId)).toBe(token)
    expect(current.open(both.seal(token, rowId), rowId)).toBe(token)
    expect(() => before.open(both.seal(token, rowId), rowId)).toThrow('unknown key')
  })

  test('a secret that is gone opens nothing any more', () => {
    expect(() => current.open(before.seal(token, rowId), rowId)).toThrow('unknown key')
  })

  test('cookies are sealed with the newest and opened with all', () => {
    const passwords = (secrets: typeof both) => Object.values(secrets.cookiePasswords.openWith)
    expect(Object.values(both.cookiePasswords.sealWith)).toEqual(
      Object.values(current.cookiePasswords.sealWith),
    )
    expect(passwords(both).sort()).toEqual([...passwords(current), ...passwords(before)].sort())
    for (const password of passwords(both)) expect(password).toHaveLength(64)
    expect(passwords(both)).not.toContain(newSecret)
  })
})

describe('[K1] the secret of a process', () => {
  let dataDir: string
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'shareboard-secret-'))
  })
  afterEach(() => rmSync(dataDir, { recursive: true }))
  const load = (more: Record<string, string>) =>
    loadSecrets(readEnv({ NODE_ENV: 'test', SHAREBOARD_DATA_DIR: dataDir, ...more }), systemChance)

  test.each([
    ['is too short', { SHAREBOARD_SECRET: 'x'.repeat(31) }],
    ['is one good and one short', { SHAREBOARD_SECRET: `${newSecret} short` }],
    ['is only blanks', { SHAREBOARD_SECRET: '   \n' }],
  ])('is refused when it %s', (_why, more) => {
    expect(() => load(more)).toThrow(/^SHAREBOARD_SECRET must have at least 32 characters/)
  })

  test('must be given beside a database server, so that replicas share it', () => {
    expect(() => load({ DATABASE_URL: 'postgres://db/x' })).toThrow(/^With DATABASE_URL, SHAREBOARD_SECRET/)
    expect(() => load({ DATABASE_URL: 'postgres://db/x', SHAREBOARD_SECRET: newSecret })).not.toThrow()
  })

  test('is never quoted in a refusal', () => {
    expect(() => load({ SHAREBOARD_SECRET: 'hunter2' })).toThrow(/^(?!.*hunter2)/)
  })

  test('is made on first start, for its owner alone, and found again', () => {
    const sealed = load({}).seal(token, rowId)
    const file = join(dataDir, 'secret')
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(readFileSync(file, 'utf8')).toMatch(/^[0-9a-f]{64}\n$/)
    expect(load({}).open(sealed, rowId)).toBe(token)
  })

  test('may hold an older one on a second line', () => {
    const sealed = secretsFrom([oldSecret], systemChance).seal(token, rowId)
    writeFileSync(join(dataDir, 'secret'), `${newSecret}\n${oldSecret}\n`)
    expect(load({}).open(sealed, rowId)).toBe(token)
  })
})
