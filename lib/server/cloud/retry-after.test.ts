import { describe, expect, test } from 'vitest'
import { retryAfterMs } from './retry-after'

const now = Date.UTC(2026, 10, 20, 12, 0, 0)
const quarterHour = 15 * 60_000

describe('Retry-After', () => {
  test.each([
    ['seconds', '7', 7_000],
    ['nothing to wait for', '0', 0],
    ['blanks around', ' 12 ', 12_000],
    ['a day', '86400', quarterHour],
    ['more than a number holds', '9'.repeat(400), quarterHour],
    ['eleven digits', '99999999999', quarterHour],
    ['a date (IMF)', 'Fri, 20 Nov 2026 12:00:30 GMT', 30_000],
    ['a date (RFC 850)', 'Friday, 20-Nov-26 12:01:00 GMT', 60_000],
    ['a date (asctime)', 'Fri Nov 20 12:00:05 2026 GMT', 5_000],
    ['a date in the past', 'Fri, 20 Nov 2026 11:00:00 GMT', 0],
    ['a date next year', 'Sat, 20 Nov 2027 12:00:00 GMT', quarterHour],
  ])('%s: "%.40s"', (_name, text, ms) => {
    expect(retryAfterMs(text, now)).toBe(ms)
  })

  test.each([
    ['absent', null],
    ['empty', ''],
    ['negative', '-5'],
    ['a fraction', '1.5'],
    ['a word', 'soon'],
    ['a number with a unit', '5s'],
    ['hexadecimal', '0x10'],
    ['a date without a month', '2026-11-20'],
    ['several', '5, 10'],
  ])('%s says nothing', (_name, text) => {
    expect(retryAfterMs(text, now)).toBeNull()
  })
})
