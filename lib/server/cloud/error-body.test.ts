import { describe, expect, test } from 'vitest'
import type { ErrorCode } from '../../contracts/errors'
import { ask, gateway, ims, refusal } from '../testing/refused-call'
import { reply, type Script } from '../testing/scripted-server'
import { CloudError } from './cloud-error'

describe('a code of the cloud’s own', () => {
  const codes = { 400: 'wrong_credentials', 403: 'not_shareable', 404: 'image_not_found' } as const

  test.each<[string, number, object, ErrorCode]>([
    ['a path the gateway does not know is no missing image', 404, gateway('APIGW.0101'), 'not_supported'],
    ['what the gateway forbids is no image that cannot be shared', 403, gateway('APIGW.0302'), 'forbidden'],
    ['a missing permission is none either', 403, ims('IMG.0026'), 'permission_missing'],
    ['a missing image is one', 404, ims('IMG.0027'), 'image_not_found'],
  ])('goes before the verb’s word for the status: %s', async (_why, status, body, code) => {
    const { error } = await refusal((response) => reply(response, status, body), 'read', { codes })
    expect(error.code).toBe(code)
  })

  test.each<[string, number, ErrorCode]>([
    ['IAM.0003', 403, 'not_shareable'],
    ['IAM.0004', 404, 'image_not_found'],
  ])('that says no more than the status leaves the verb its word: %s', async (code, status, word) => {
    const { error } = await refusal((response) => reply(response, status, gateway(code)), 'read', { codes })
    expect(error.code).toBe(word)
  })

  test.each<[string, unknown]>([
    ['HTML', '<html><h1>IMG.0027</h1></html>'],
    ['a text beside it', { error: { code: 'x', message: 'IMG.0027' } }],
    ['a longer word', { error: { code: 'IMG.00271' } }],
    ['a number', { error: { code: 400 } }],
    ['a list', [{ code: 'IMG.0027' }]],
    ['null', 'null'],
    ['a body too long to be an error', { error: { code: 'IMG.0027', message: 'x'.repeat(70_000) } }],
  ])('is taken from nowhere else: %s', async (_where, body) => {
    const { error } = await refusal((response) => reply(response, 400, body), 'read')
    expect(error).toMatchObject({ code: 'upstream_refused', vendorCode: null, values: {} })
  })

  test('[row 37] is read whatever the answer calls itself', async () => {
    const { error } = await refusal(
      (response) => reply(response, 400, ims('IMG.0088'), { 'content-type': 'text/html' }),
      'write',
    )
    expect(error).toMatchObject({ code: 'member_limit', vendorCode: 'IMG.0088' })
  })

  test('that nobody knows is refused by its status, and named to the person', async () => {
    const { error } = await refusal((response) => reply(response, 400, ims('KMS.0205')), 'write')
    expect(error).toMatchObject({ code: 'upstream_refused', values: { vendorCode: 'KMS.0205' } })
    const other = await refusal((response) => reply(response, 403, ims('IMG.9999')), 'write')
    expect(other.error).toMatchObject({ code: 'forbidden', vendorCode: 'IMG.9999', values: {} })
  })

  test('[row 44] of a missing permission names it, where the call says which it takes', async () => {
    const { error } = await refusal((response) => reply(response, 403, ims('IMG.0026')), 'write', {
      permission: 'ims:images:share',
    })
    expect(error.values).toEqual({ permission: 'ims:images:share' })
  })

  test('stays with the error that another is made of', () => {
    const error = new CloudError('throttled', { vendorCode: 'IMG.0060', status: 400 })
    expect(new CloudError('wrong_region', error)).toMatchObject({ vendorCode: 'IMG.0060', status: 400 })
  })

  test.each([
    ['its own', { request_id: 'e7a0' }, 'e7a0'],
    ['none', {}, 'req-up'],
    ['one that is none', { request_id: '<b>alice</b>' }, 'req-up'],
  ])('comes with the gateway’s reference: %s', async (_which, more, id) => {
    const { error } = await refusal(
      (response) => reply(response, 404, { error_code: 'APIGW.0101', ...more }, { 'x-request-id': 'req-up' }),
      'read',
    )
    expect(error.upstreamRequestId).toBe(id)
  })

  test.each([431, 494])(
    '[row 25] is not needed to know that the headers were too large: %i',
    async (status) => {
      const { error, calls } = await refusal((response) => reply(response, status, '<html></html>'), 'read')
      expect([error.code, calls]).toEqual(['token_too_large', 1])
    },
  )
})

describe('a cloud that asks for patience', () => {
  const limited = (error_msg: string) => ({ error_code: 'APIGW.0308', error_msg })
  const once =
    (body: object, headers = {}): Script =>
    (response, _request, count) =>
      count === 1 ? reply(response, 429, body, headers) : reply(response, 200)

  test.each<[string, number[]]>([
    ['Requests exceed 10 per 3 seconds.', [3_000]],
    ['policy ip over ratelimit,limit:5,time:1 second', [1_000]],
    ['at most 10 per second', [1_000]],
    // Without a period that is clearly one, we wait as we would anyway.
    ['time and again', [200]],
    ['per 99999999 seconds', [200]],
    ['', [200]],
  ])('is given the period it names: "%s"', async (text, expected) => {
    const { answer, waits } = await ask(once(limited(text)), 'write')
    expect(answer).toMatchObject({ status: 200 })
    expect(waits).toEqual(expected)
  })

  test.each([
    ['policy user over ratelimit,limit:10,time:1 minute', 60_000],
    ['per 24 hours', 900_000],
  ])('for longer than anybody waits before a page is told at once: "%s"', async (text, ms) => {
    const { error, calls } = await refusal(once(limited(text)), 'read')
    expect([error.code, error.retryAfterMs, calls]).toEqual(['throttled', ms, 1])
  })

  test('in a header is taken at that word', async () => {
    const { waits } = await ask(once(limited('per 4 seconds'), { 'retry-after': '2' }), 'read')
    expect(waits).toEqual([2_000])
  })

  test('backs off longer each time, whatever status it says it with', async () => {
    const { error, waits } = await refusal((response) => reply(response, 400, ims('IMG.0060')), 'write')
    expect([error.code, waits]).toEqual(['throttled', [200, 400]])
  })

  test('is not asked again for a sign-in', async () => {
    const { error, calls } = await refusal((response) => reply(response, 429, gateway('IAM.0012')), 'once')
    expect([error.code, calls]).toEqual(['throttled', 1])
  })
})
