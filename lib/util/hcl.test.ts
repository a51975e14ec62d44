import * as hcl2 from 'hcl2-parser'
import { expect, test } from 'vitest'
import { hclComment, hclNamePart, hclText } from './hcl'

const nasty = [
  'plain',
  '',
  'quote " and back\\slash',
  'a\nb\r\nc\td',
  '$\u007bvar.secret}',
  '%{ if true }x%{ endif }',
  '$$\u007bkept} $$$\u007bmore} %%{x} $%{y} $\u007b',
  '$',
  '{',
  'ends with $',
  'ends with \\',
  '=cmd|calc',
  'a # b // c /* d */',
  'E\nOT',
  '<<EOT',
  'deb\u202eian',
  'zero\u200bwidth',
  'smile 😀 and 👩‍💻',
  '\u0000\u0001\u007f',
  '\u2028\u2029',
  'x'.repeat(255),
]

const parsed = (text: string) => hcl2.parseToObject(text)[0]

test.each(nasty.map((text) => ({ text })))('a parser reads back what was written: $text', ({ text }) => {
  expect(parsed(`a = ${hclText(text)}\n`)).toEqual({ a: text })
})

test('what cannot be seen is spelt out', () => {
  expect(hclText('a\u202eb\u200b😀\u{e0001}')).toBe('"a\\u202eb\\u200b😀\\U000e0001"')
})

test.each(nasty.map((text) => ({ text })))('a comment stays a comment: $text', ({ text }) => {
  const comment = hclComment(text, 'second')
  expect(comment.split('\n').every((line) => line === '' || line.startsWith('#'))).toBe(true)
  expect(parsed(`${comment}a = 1\n`)).toEqual({ a: 1 })
})

test('names are names, and differ where the texts do', () => {
  const names = [...nasty, '_', 'a_b', 'a/b', 'a_2f_b', 'ä', 'A'].map((text) => `n_${hclNamePart(text)}`)
  expect(new Set(names).size).toBe(names.length)
  for (const name of names)
    expect(parsed(`resource "t" "${name}" {}\n`)).toHaveProperty(['resource', 't', name])
  const id = '89c60255-9bd6-460c-822a-e2b959ede9d2'
  expect(hclNamePart(id)).toBe(id)
})
