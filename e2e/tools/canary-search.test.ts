import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { findSecrets } from './canary-search.ts'

const secret = `canary-${randomBytes(16).toString('hex')}`

const forms: Record<string, (text: string) => Buffer> = {
  'as it is': (text) => Buffer.from(text),
  'in base64': (text) => Buffer.from(Buffer.from(text).toString('base64')),
  'in hexadecimal': (text) => Buffer.from(Buffer.from(text).toString('hex')),
  'in capital hexadecimal': (text) => Buffer.from(Buffer.from(text).toString('hex').toUpperCase()),
  'in UTF-16': (text) => Buffer.from(text, 'utf16le'),
  backwards: (text) => Buffer.from([...text].reverse().join('')),
}

describe('a secret', () => {
  // Every position that a byte before it can put it in.
  const around = ['', 'a', 'ab', 'abc']
  const cases = Object.keys(forms).flatMap((form) => around.map((before): [string, string] => [form, before]))

  test.each(cases)('is found %s after "%s"', (form, before) => {
    const content = Buffer.concat([
      randomBytes(999),
      forms[form]?.(`${before}${secret} and more`) ?? Buffer.of(),
      randomBytes(999),
    ])
    expect(findSecrets([{ place: 'a file', content }], { token: secret })).toEqual([
      expect.stringMatching(/^the token stands in a file, /),
    ])
  })

  test('is not found where it is not', () => {
    const content = Buffer.from(`${secret.slice(0, -1)} ${Buffer.from(secret.slice(1)).toString('base64')}`)
    expect(findSecrets([{ place: 'a file', content }], { token: secret })).toEqual([])
  })

  test('that is too short to be telling is refused', () => {
    expect(() => findSecrets([], { token: 'short' })).toThrow('too short')
  })
})
