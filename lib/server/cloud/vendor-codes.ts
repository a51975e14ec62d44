import 'server-only'
import type { ErrorCode } from '../../contracts/errors'

/**
 * What a refusal with a code of the cloud's own means.
 * `none`: nothing was done, and asking again changes nothing. `wait`: nothing was done, but later it may be.
 * `unclear`: something may have been done; a read is asked once more, after a write the caller reads.
 */
export interface VendorMeaning {
  code: ErrorCode
  effect: 'none' | 'wait' | 'unclear'
  /** Says no more than the HTTP status does, so a verb's own word for that status goes before it. */
  broad?: true
}

const pattern = /^(IMG|IAM|APIGW|APIG|KMS)\.\d{4}$/

const each = (ids: readonly string[], meaning: VendorMeaning) =>
  Object.fromEntries(ids.map((id) => [id, meaning]))
const refused = (code: ErrorCode, ...ids: string[]) => each(ids, { code, effect: 'none' })
const broadly = (code: ErrorCode, ...ids: string[]) => each(ids, { code, effect: 'none', broad: true })

/**
 * The error codes of Huawei's IAM, API gateway and IMS, which Open Telekom Cloud and Flexible Engine share (error code
 * tables of their API references). IMS answers nearly all of them with HTTP 400, so the code decides, not the status.
 */
const meanings: Readonly<Record<string, VendorMeaning>> = {
  ...refused('unauthenticated', 'IAM.0001', 'IAM.0066', 'IAM.0067', 'IMG.0087'),
  // 0307 also comes for a living token in the wrong region; whoever knows how fresh the token is tells them apart.
  ...refused('unauthenticated', 'APIGW.0301', 'APIGW.0303', 'APIGW.0307'),
  ...refused('wrong_credentials', 'IAM.0062'),
  ...refused('wrong_passcode', 'IAM.1061'),
  ...refused('account_locked', 'IAM.0061'),
  ...refused('console_only', 'IAM.0081'),
  ...refused('user_disabled', 'IAM.0082'),
  ...refused('region_closed', 'IAM.0083'),
  ...refused('forbidden', 'APIGW.0302'),
  ...refused('permission_missing', 'IMG.0026'),
  ...broadly('permission_missing', 'IAM.0002', 'IAM.0003'),
  ...broadly('not_found', 'IAM.0004'),
  ...broadly('conflict', 'IAM.0005'),
  ...refused('upstream_refused', 'IAM.0011', 'IAM.1101', 'APIGW.0201', 'IMG.0001'),
  ...refused('not_supported', 'APIGW.0101', 'IMG.0105'),
  ...refused('body_lost', 'IMG.0007'),
  ...refused('job_lost', 'IMG.0023'),
  ...refused('image_not_found', 'IMG.0027', 'IMG.0031', 'IMG.0066', 'IMG.0086', 'IMG.0121', 'IMG.0144'),
  ...refused('image_protected', 'IMG.0028'),
  ...refused('image_not_ready', 'IMG.0046'),
  ...refused('image_public', 'IMG.0083', 'IMG.0089'),
  ...refused('image_private', 'IMG.0084'),
  ...refused('image_encrypted', 'IMG.0098', 'IMG.0197'),
  ...refused('key_refused', 'IMG.0099'),
  ...refused('full_server_image', 'IMG.0135'),
  ...refused('not_owner', 'IMG.0047', 'IMG.0092', 'IMG.0106'),
  ...refused('not_accepted', 'IMG.0196'),
  ...refused('wrong_project', 'IMG.0030'),
  ...refused('own_project', 'IMG.0076', 'IMG.0178'),
  ...refused('project_unknown', 'IMG.0067', 'IMG.0104', 'IMG.0108'),
  ...refused('other_region', 'IMG.0177'),
  ...refused('member_limit', 'IMG.0088'),
  ...refused('vault_unusable', 'IMG.0182', 'IMG.0184', 'IMG.0188', 'IMG.0193'),
  ...each(['IMG.0060', 'IMG.0187', 'APIGW.0308', 'IAM.0012'], { code: 'throttled', effect: 'wait' }),
  // Not submitted, tenant not looked up, adding or removing or reading it failed, unknown faults, a failed-over IAM.
  ...each(['IMG.0018', 'IMG.0064', 'IMG.0065', 'IMG.0112', 'IMG.0113', 'IMG.0114', 'IMG.0016', 'IMG.0061'], {
    code: 'upstream_unavailable',
    effect: 'unclear',
  }),
  ...each(['IAM.0006', 'IAM.0020'], { code: 'upstream_unavailable', effect: 'unclear' }),
}

/** The gateway says APIGW.0201 for anything malformed, too large, or gone wrong behind it; there the status tells more. */
const gatewayTrouble: Readonly<Record<number, VendorMeaning>> = {
  494: { code: 'token_too_large', effect: 'none' },
  502: { code: 'upstream_unavailable', effect: 'unclear' },
  504: { code: 'upstream_unavailable', effect: 'unclear' },
}

/** A cloud's own error code as we write it, or null for text that is none. Some gateways write APIG for APIGW. */
export function vendorCodeOf(value: unknown): string | null {
  if (typeof value !== 'string' || !pattern.test(value)) return null
  return value.replace(/^APIG\./, 'APIGW.')
}

/** What a code of the cloud's means, or null for one we don't know. `status` is that of the answer it came with. */
export function vendorMeaning(vendorCode: string | null, status: number | null): VendorMeaning | null {
  if (vendorCode === null) return null
  if (vendorCode === 'APIGW.0201' && status !== null && gatewayTrouble[status]) return gatewayTrouble[status]
  return meanings[vendorCode] ?? null
}

/**
 * The code for one of the cloud's own, as its answers about jobs name it beside a 200.
 * @returns null where none is named, `upstream_refused` for one we don't know
 */
export function codeOfVendor(value: unknown): ErrorCode | null {
  const vendorCode = vendorCodeOf(value)
  if (vendorCode === null) return null
  return vendorMeaning(vendorCode, null)?.code ?? 'upstream_refused'
}

/** A token that is refused although it was issued a moment ago belongs to another region (Huawei IAM, APIGW.0307). */
export const mayBeWrongRegion = (error: { vendorCode: string | null }) => error.vendorCode === 'APIGW.0307'
