import { Writable } from 'node:stream'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { causeOf, clean, type LogFields, log } from './log'

const fernet = `gAAAAABm${'Zk3-_'.repeat(30)}==`
const jwt = `eyJhbGciOiJIUzI1NiJ9.${'eyJzdWIiOiJ4In0'}.${'c2lnbmF0dXJl'}`
const huawei = `MII${'Tk9OU0VOU0U+/'.repeat(40)}=`
const shapes = { fernet, jwt, huawei }

/** pino writes to the file descriptor itself, so its sink is replaced by one with the same methods. */
const lines: { level: string; fields: Record<string, unknown>; message: string }[] = []
const shared = globalThis as { shareboardLog?: unknown }

beforeEach(() => {
  lines.length = 0
  const at = (level: string) => (fields: Record<string, unknown>, message: string) => {
    lines.push({ level, fields, message })
  }
  shared.shareboardLog = { info: at('info'), warn: at('warn'), error: at('error') }
})
afterEach(() => {
  shared.shareboardLog = undefined
  vi.restoreAllMocks()
})

describe('[L6] a log line', () => {
  test('keeps the fields of the list and drops every other', () => {
    const stray = { token: fernet, password: 'hunter2', headers: { cookie: 'sid=1' }, body: 'x' }
    log.warn('something happened', { operation: 'job.start', status: 503, ...stray } as LogFields)
    expect(lines).toEqual([
      { level: 'warn', fields: { operation: 'job.start', status: 503 }, message: 'something happened' },
    ])
  })

  test('drops what is undefined and turns an object into nothing of its contents', () => {
    log.info('x', { code: undefined, cause: { password: 'hunter2' } as unknown as string })
    expect(JSON.stringify(lines)).not.toContain('hunter2')
    expect(lines[0]?.fields).toEqual({ cause: '[object Object]' })
  })

  test.each(Object.entries(shapes))('never shows a %s token, wherever it stands', (_shape, secret) => {
    for (const field of ['operation', 'code', 'user', 'path', 'cause', 'requestId'] as const) {
      lines.length = 0
      log.error('x', { [field]: `before ${secret} after` })
      const text = JSON.stringify(lines)
      expect(text).toContain('before [secret] after')
      expect(text).not.toContain(secret.slice(0, 24))
    }
  })

  test('cannot be broken into two, and stays short', () => {
    expect(clean('a\r\nlevel=info\u0000\u001b[31m\u0085')).toBe('a  level=info  [31m ')
    expect(clean('x'.repeat(5_000))).toHaveLength(500)
  })

  test.each([
    ['an error', new TypeError('no such thing'), 'TypeError: no such thing'],
    [
      'its code',
      Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }),
      'Error ECONNREFUSED: refused',
    ],
    [
      'its first line alone',
      new Error('Failed query: select\nparams: hunter2'),
      'Error: Failed query: select',
    ],
    ['a token in it', new Error(`bad token ${fernet}`), 'Error: bad token [secret]'],
    ['something thrown that is no error', { password: 'hunter2' }, 'unknown'],
    ['a thrown text', 'hunter2', 'unknown'],
  ])('says of a cause: %s', (_name, thrown, wanted) => {
    expect(causeOf(thrown)).toBe(wanted)
  })
})

test('lines are JSON with a time and no name of the machine', async () => {
  shared.shareboardLog = undefined
  const written: string[] = []
  const { default: pino } = await import('pino')
  const sink = new Writable({
    write(chunk, _encoding, done) {
      written.push(String(chunk))
      done()
    },
  })
  shared.shareboardLog = pino({ base: undefined, timestamp: pino.stdTimeFunctions.isoTime }, sink)
  log.info('hello', { count: 2 })
  const line = JSON.parse(written.join('')) as Record<string, unknown>
  expect(Object.keys(line).sort()).toEqual(['count', 'level', 'msg', 'time'])
})
