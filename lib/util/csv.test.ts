import { parse } from 'csv-parse/sync'
import { describe, expect, test } from 'vitest'
import { csvLine } from './csv'

/** What a reader of RFC 4180 finds in the one cell. */
const read = (value: string) => (parse(csvLine([value, 'next'])) as string[][])[0]?.[0]

describe('a table that spreadsheets open', () => {
  test.each(['=1+1', '+1', '-1', '@SUM(A1)', '＝1', '＋1', '－1', '＠x', '\ttab', '\rreturn', '\nline'])(
    'takes %j for text',
    (value) => expect(read(value)).toBe(`'${value}`),
  )

  test.each([' =1', '\u00a0=1', '\u200b=1', '\ufeff=1', '\0=1'])(
    'sees through what is skipped in %j',
    (value) => expect(read(value)).toBe(`'${value}`),
  )

  // Where a semicolon or a tab parts cells, quotes in the middle of a cell mean nothing.
  test.each([
    ['a;=1', "a;'=1"],
    ['a; =1', "a;' =1"],
    ['a\t@x', "a\t'@x"],
    ['a\r\n+1', "a\r\n'+1"],
    ['";=1;"', '";\'=1;"'],
  ])('runs no part of %j, whatever parts the cells', (value, safe) => expect(read(value)).toBe(safe))

  test.each([
    '',
    'plain',
    'a=1',
    '1-2',
    'a - b',
    'a,=b',
    'x@y',
    "'quoted'",
    '2026-11-20T12:00:00.000Z',
    'a "b", c\nd',
    '💾 ü \u202e',
  ])('leaves %j as it is', (value) => expect(read(value)).toBe(value))

  test('has a cell for each value: empty for null, digits for numbers', () => {
    expect(csvLine([null, 0, -1, 'a"b'])).toBe(',0,-1,"a""b"\r\n')
  })

  test('reads a long run of breaks and blanks in one go', () => {
    const long = '\n \n'.repeat(100_000)
    expect(csvLine([long]).length).toBeGreaterThan(long.length)
  })
})
