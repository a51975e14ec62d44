import { describe, expect, test } from 'vitest'
import type { ErrorCode } from '../../contracts/errors'
import errors from '../../messages/en/errors.json'
import { failureOf, statusOf } from '../failure'
import '../testing/quiet-log'
import { ask, gateway, ims, refusal } from '../testing/refused-call'
import { reply, type Script } from '../testing/scripted-server'
import { codeOfVendor } from './vendor-codes'

/** What a cloud does with a write that got this answer; and with it, how often each kind of call is sent. */
const effects = {
  /** It refused, and will again. */
  none: { read: 1, write: 1 },
  /** It refused for now. */
  wait: { read: 3, write: 3 },
  /** Nobody knows: a read is repeated once, a write is looked up. */
  unclear: { read: 2, write: 1 },
  /** The same, with a status that may pass of itself. */
  broke: { read: 3, write: 1 },
} as const

type Row = [code: string, status: number, means: ErrorCode, effect: keyof typeof effects]

/** Error bodies of Huawei's IAM, "Status Codes" and "Error Codes" of its API reference. */
const iam: Row[] = [
  ['IAM.0011', 400, 'upstream_refused', 'none'],
  ['IAM.1101', 400, 'upstream_refused', 'none'],
  ['IAM.1061', 400, 'wrong_passcode', 'none'],
  ['IAM.0001', 401, 'unauthenticated', 'none'],
  ['IAM.0067', 401, 'unauthenticated', 'none'],
  ['IAM.0066', 401, 'unauthenticated', 'none'],
  ['IAM.0061', 401, 'account_locked', 'none'],
  ['IAM.0062', 401, 'wrong_credentials', 'none'],
  ['IAM.0002', 403, 'permission_missing', 'none'],
  ['IAM.0003', 403, 'permission_missing', 'none'],
  ['IAM.0081', 403, 'console_only', 'none'],
  ['IAM.0082', 403, 'user_disabled', 'none'],
  ['IAM.0083', 403, 'region_closed', 'none'],
  ['IAM.0004', 404, 'not_found', 'none'],
  ['IAM.0005', 409, 'conflict', 'none'],
  ['IAM.0020', 410, 'upstream_unavailable', 'unclear'],
  ['IAM.0006', 500, 'upstream_unavailable', 'broke'],
  ['IAM.0012', 429, 'throttled', 'wait'],
]

/** Error codes of the API gateway in front of IMS, in both spellings of its prefix. */
const gateways: Row[] = ['APIGW', 'APIG'].flatMap((prefix): Row[] => [
  [`${prefix}.0101`, 404, 'not_supported', 'none'],
  [`${prefix}.0201`, 400, 'upstream_refused', 'none'],
  [`${prefix}.0201`, 413, 'upstream_refused', 'none'],
  [`${prefix}.0201`, 414, 'upstream_refused', 'none'],
  [`${prefix}.0201`, 494, 'token_too_large', 'none'],
  [`${prefix}.0201`, 502, 'upstream_unavailable', 'broke'],
  [`${prefix}.0201`, 504, 'upstream_unavailable', 'broke'],
  [`${prefix}.0301`, 401, 'unauthenticated', 'none'],
  [`${prefix}.0303`, 401, 'unauthenticated', 'none'],
  [`${prefix}.0302`, 403, 'forbidden', 'none'],
  [`${prefix}.0307`, 401, 'unauthenticated', 'none'],
  [`${prefix}.0308`, 429, 'throttled', 'wait'],
])

const of400 = (means: ErrorCode, effect: keyof typeof effects, ...numbers: string[]) =>
  numbers.map((number): Row => [`IMG.${number}`, 400, means, effect])

/** Error codes of IMS that sharing can meet, "Error Codes" of its API reference: HTTP 400 but for one. */
const images: Row[] = [
  ...of400('upstream_refused', 'none', '0001'),
  ...of400('body_lost', 'none', '0007'),
  ...of400('job_lost', 'none', '0023'),
  ['IMG.0026', 403, 'permission_missing', 'none'],
  ...of400('image_not_found', 'none', '0027', '0031', '0066', '0086', '0121', '0144'),
  ...of400('wrong_project', 'none', '0030'),
  ...of400('image_protected', 'none', '0028'),
  ...of400('image_not_ready', 'none', '0046'),
  ...of400('not_owner', 'none', '0047', '0092', '0106'),
  ...of400('throttled', 'wait', '0060', '0187'),
  ...of400('upstream_unavailable', 'unclear', '0061', '0016'),
  ...of400('upstream_unavailable', 'unclear', '0018', '0064', '0065'),
  ...of400('project_unknown', 'none', '0067', '0104'),
  ...of400('own_project', 'none', '0076', '0178'),
  ...of400('unauthenticated', 'none', '0087'),
  ...of400('member_limit', 'none', '0088'),
  ...of400('image_public', 'none', '0083', '0089'),
  ...of400('image_private', 'none', '0084'),
  ...of400('image_encrypted', 'none', '0098'),
  ...of400('key_refused', 'none', '0099'),
  ...of400('not_supported', 'none', '0105'),
  ...of400('project_unknown', 'none', '0108'),
  ...of400('upstream_unavailable', 'unclear', '0112', '0113', '0114'),
  ...of400('full_server_image', 'none', '0135'),
  ...of400('other_region', 'none', '0177'),
  ...of400('vault_unusable', 'none', '0182', '0184', '0188', '0193'),
  ...of400('not_accepted', 'none', '0196'),
  ...of400('image_encrypted', 'none', '0197'),
]

const sources: [source: string, body: (code: string) => object, rows: Row[]][] = [
  ['Huawei IAM', gateway, iam],
  ['IAM in Keystone’s shape', ims, iam],
  ['the API gateway', gateway, gateways],
  ['IMS', ims, images],
]

describe.each(sources)('a refusal of %s', (_source, body, rows) => {
  test.each(rows)('%s (%i) means %s; effect: %s', async (vendorCode, status, means, effect) => {
    const named = vendorCode.replace('APIG.', 'APIGW.')
    const script: Script = (response) => reply(response, status, body(vendorCode))
    const facts = { status, vendorCode: named }

    const read = await refusal(script, 'read')
    expect(read.error).toMatchObject({ ...facts, code: means })
    expect(read.calls).toBe(effects[effect].read)

    const mayHaveActed = effect === 'unclear' || effect === 'broke'
    const write = await refusal(script, 'write')
    expect(write.error).toMatchObject({ ...facts, code: mayHaveActed ? 'outcome_unknown' : means })
    expect(write.calls).toBe(effects[effect].write)

    const once = await refusal(script, 'once')
    expect(once.error).toMatchObject({ ...facts, code: means })
    expect(once.calls).toBe(1)

    expect(errors[means]).toMatch(/\w.*[.}]$/)
    expect(statusOf[means]).toBeGreaterThanOrEqual(400)
    expect(`${once.error.message} ${JSON.stringify(failureOf(once.error, 'req', 'x'))}`).not.toMatch(/alice/i)
  })
})

/** ECL 2.0's image storage, "Member" calls of its API reference: plain text that calls itself HTML. */
const ecl: [verb: string, status: number, write: ErrorCode, read: ErrorCode][] = [
  ['create, update', 400, 'upstream_refused', 'upstream_refused'],
  ['all', 401, 'unauthenticated', 'unauthenticated'],
  ['all', 403, 'forbidden', 'forbidden'],
  ['all', 404, 'not_found', 'not_found'],
  ['create, delete with a blank id', 405, 'upstream_refused', 'upstream_refused'],
  ['create', 409, 'conflict', 'conflict'],
  ['all, and some malformed ids', 500, 'outcome_unknown', 'upstream_unavailable'],
]

describe('a refusal of ECL 2.0', () => {
  test.each(ecl)('%s: %i as text typed as HTML', async (_verb, status, write, read) => {
    const script: Script = (response) =>
      reply(response, status, `${status} Refused\n\nThis is for alice.\n\n   `, {
        'content-type': 'text/html; charset=UTF-8',
      })
    const written = await refusal(script, 'write')
    expect(written.error).toMatchObject({ code: write, status, vendorCode: null, values: {} })
    expect(written.calls).toBe(1)
    expect((await refusal(script, 'read')).error).toMatchObject({ code: read, status })
    expect(JSON.stringify(written.error)).not.toMatch(/alice/)
  })

  test.each([
    ['delete', 204, ''],
    ['create, typed as HTML', 200, '{"member_id": "m"}'],
  ])('%s: %i with a content type of HTML is no refusal', async (_verb, status, text) => {
    const { answer } = await ask(
      (response) => reply(response, status, text, { 'content-type': 'text/html; charset=UTF-8' }),
      'write',
    )
    expect(answer).toMatchObject({ status, json: text === '' ? null : { member_id: 'm' } })
  })
})

test.each([
  ['IMG.0108', 'project_unknown'],
  ['APIG.0308', 'throttled'],
  ['IMG.9999', 'upstream_refused'],
  ['Image not found', null],
  ['', null],
  [null, null],
  [400, null],
])('an answer about a job that names %s means %s', (named, code) => {
  expect(codeOfVendor(named)).toBe(code)
})
