import { describe, expect, test } from 'vitest'
import { errorCodes } from '../contracts/errors'
import errors from '../messages/en/errors.json'
import { CloudError } from './cloud/cloud-error'
import { failureOf, statusOf } from './failure'
import { Refusal } from './refusal'
import './testing/quiet-log'

describe('[L8] a failure', () => {
  test('of our own carries its values and fields, and is not worth repeating', () => {
    const refusal = new Refusal('own_project', { values: { count: 2 }, fields: { projects: 'own_project' } })
    expect(failureOf(refusal, 'req-1', 'job.start')).toEqual({
      code: 'own_project',
      requestId: 'req-1',
      values: { count: 2 },
      fields: { projects: 'own_project' },
      retryable: false,
    })
  })

  test("of the cloud's carries its request id and how long to wait", () => {
    const error = new CloudError('throttled', {
      status: 429,
      upstreamRequestId: 'req-up',
      retryAfterMs: 7_000,
    })
    expect(failureOf(error, 'req-1', 'x')).toEqual({
      code: 'throttled',
      requestId: 'req-1',
      values: {},
      retryable: true,
      upstreamRequestId: 'req-up',
      retryAfterMs: 7_000,
    })
  })

  test('of anything else says nothing about itself', () => {
    const failure = failureOf(new Error('select * from token where /srv/data'), 'req-1', 'x')
    expect(failure).toEqual({ code: 'internal', requestId: 'req-1', retryable: true })
  })

  test.each(errorCodes.map((code) => [code]))('%s has a status of its own kind and a sentence', (code) => {
    expect(statusOf[code]).toBeGreaterThanOrEqual(400)
    expect(statusOf[code]).toBeLessThan(600)
    expect(errors[code]).toMatch(/\w.*\.$/)
  })

  test('foreign and missing things look alike', () => {
    expect(statusOf.project_not_usable).toBe(statusOf.not_found)
    expect(statusOf.image_not_found).toBe(statusOf.not_found)
  })
})

test('an error is known by what it is, not by which copy of the module made it', () => {
  const copy = { [Symbol.for('shareboard.cloud-error')]: true, code: 'timeout' }
  expect(copy instanceof CloudError).toBe(true)
  expect(new Error('x') instanceof CloudError).toBe(false)
  expect(CloudError[Symbol.hasInstance](null)).toBe(false)
  expect(new Refusal('conflict') instanceof CloudError).toBe(false)
})
