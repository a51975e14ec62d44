import { createTranslator } from 'use-intl/core'
import { describe, expect, test } from 'vitest'
import { errorCodes, type Failure } from '@/lib/contracts/errors'
import { sentences } from '@/lib/messages/messages'
import { valuesOf } from './failure-words'

const translate = createTranslator({
  locale: 'en',
  messages: sentences.errors,
  onError: (error) => {
    throw error
  },
})
const say = (failure: Pick<Failure, 'code'> & Partial<Failure>) => translate(failure.code, valuesOf(failure))

describe('the sentence of a failure', () => {
  test.each(errorCodes)('%s needs nothing but its code', (code) => {
    expect(say({ code })).toMatch(/^[A-Z].*\w.*\.$/)
    expect(say({ code })).not.toMatch(/unknown|undefined|NaN|[{}]| {2}| [.,]/)
  })

  test.each([
    [undefined, 'in a minute'],
    [0, 'in 0 seconds'],
    [400, 'in a second'],
    [7_000, 'in 7 seconds'],
    [119_001, 'in 2 minutes'],
    [121_000, 'in 3 minutes'],
    [900_000, 'in 15 minutes'],
  ])('of a cloud that asks for patience (%s ms) says how long: %s', (retryAfterMs, words) => {
    expect(say({ code: 'throttled', retryAfterMs })).toContain(`Try again ${words}.`)
  })

  test.each([
    [1, 'wait a second before'],
    [40, 'wait 40 seconds before'],
    [240, 'wait 4 minutes before'],
  ])('of a user who waits after refused sign-ins counts down from %i', (seconds, words) => {
    expect(say({ code: 'sign_in_throttled', values: { seconds } })).toContain(words)
  })

  test.each<[Failure['code'], Record<string, string>, string]>([
    ['upstream_refused', { vendorCode: 'KMS.0205' }, 'refused this, with its code KMS.0205.'],
    ['permission_missing', { permission: 'ims:images:share' }, 'the permission ims:images:share for this'],
    ['project_sign_in', { project: 'eu-de_web' }, 'Sign in for eu-de_web to enter it.'],
  ])('of %s names what it carries', (code, values, words) => {
    expect(say({ code, values })).toContain(words)
  })
})
