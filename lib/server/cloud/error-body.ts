import 'server-only'
import { vendorCodeOf } from './vendor-codes'

/** The few facts taken from what a cloud says beside a refusal. None of its text goes any further than this. */
interface ErrorBodyFacts {
  vendorCode: string | null
  requestId: string | null
  /** How many members an image may have, where Glance names it. */
  memberLimit: number | null
  /** The period a rate limit counts in, where the gateway names it. */
  periodMs: number | null
}

const longestText = 64 * 1024
const longestPeriodMs = 15 * 60_000

/**
 * Reads the body of a refusal whatever its type says: IMS (`error.code`), the API gateway and IAM (`error_code`), Glance
 * (`code`), or HTML and plain text, which name no code. Answers facts, each null where it is not clearly there.
 */
export function readErrorBody(text: string): ErrorBodyFacts {
  if (text.length > longestText)
    return { vendorCode: null, requestId: null, memberLimit: null, periodMs: null }
  const body = parsed(text)
  const error = parts(body.error)
  const codes = [error.code, error.error_code, body.error_code, body.code].map(vendorCodeOf)
  const vendorCode = codes.find((code) => code !== null) ?? null
  return {
    vendorCode,
    requestId: requestIdOf(body.request_id),
    memberLimit: memberLimitIn(text),
    periodMs: vendorCode === 'APIGW.0308' ? periodIn(text) : null,
  }
}

const parts = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}

function parsed(text: string): Record<string, unknown> {
  try {
    return parts(JSON.parse(text))
  } catch {
    return {}
  }
}

const requestIdOf = (value: unknown) =>
  typeof value === 'string' && /^[\w-]{1,128}$/.test(value) ? value : null

/** Glance's "Maximum: 128". */
function memberLimitIn(text: string): number | null {
  const found = /Maximum: (\d{1,9})\b/.exec(text.slice(0, 2_048))
  return found ? Number(found[1]) : null
}

const unitsMs: Readonly<Record<string, number>> = { second: 1_000, minute: 60_000, hour: 3_600_000 }

/** The gateway's "limit:10,time:1 minute", also written as "10 requests per 60 seconds". At most a quarter of an hour. */
function periodIn(text: string): number | null {
  const found = /\b(?:per|time:) ?(\d{1,5})? ?(second|minute|hour)s?\b/i.exec(text.slice(0, 2_048))
  const unitMs = unitsMs[found?.[2]?.toLowerCase() ?? '']
  if (unitMs === undefined) return null
  return Math.min(Number(found?.[1] ?? 1) * unitMs, longestPeriodMs)
}
