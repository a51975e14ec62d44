import 'server-only'
import { Agent, type Dispatcher, request } from 'undici'
import type { ErrorCode } from '../../contracts/errors'
import type { Chance, Clock } from '../clock'
import { CloudError, codeFor } from './cloud-error'
import type { CloudConfig } from './clouds'
import { startDeadline } from './deadline'
import { readErrorBody } from './error-body'
import { type Limits, limits as usualLimits } from './limits'
import { retryAfterMs } from './retry-after'
import { vendorMeaning } from './vendor-codes'

export interface CloudRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  url: string
  token?: string
  subjectToken?: string
  /** Keystone's receipt for the first step of a sign-in with two factors. */
  receipt?: string
  body?: unknown
  contentType?: string
  signal?: AbortSignal
  timeoutMs?: number
  /**
   * `read` is tried again on anything that may pass. `write` only when the cloud certainly did nothing; when it may have
   * acted, the error is `outcome_unknown` and the caller finds out by reading. `once` is never repeated.
   */
  retry: 'read' | 'write' | 'once'
  /** The verb's own word for a status. A code of the cloud's own that tells more goes before it. */
  codes?: Readonly<Record<number, ErrorCode>>
  /** What the cloud calls the right it takes, such as `ims:images:share`: named to whoever lacks it. */
  permission?: string
  /** Answers that say something although their status is one of failure, such as a sign-in that wants a second step. */
  accepts?: (response: CloudResponse) => boolean
}

export interface CloudResponse {
  status: number
  headers: Readonly<Record<string, string | string[] | undefined>>
  /** Parsed JSON, or null where the answer had no body. */
  json: unknown
  upstreamRequestId: string | null
}

/** The one place that speaks to a cloud: limits, retries, typed errors. */
export interface CloudHttp {
  send(call: CloudRequest): Promise<CloudResponse>
  close(): Promise<void>
}

const passing = new Set([408, 425, 429, 500, 502, 503, 504])
/** Failures before a byte of the request left: the cloud certainly did nothing. */
const unsent = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
])
/** Nothing is sent to a server whose certificate was refused. */
const untrusted = /^ERR_TLS_|CERT|SELF_SIGNED|UNABLE_TO_/

const header = (headers: CloudResponse['headers'], name: string): string | null => {
  const value = headers[name]
  return (Array.isArray(value) ? value[0] : value) ?? null
}

const requestIdOf = (headers: CloudResponse['headers']) =>
  (header(headers, 'x-openstack-request-id') ?? header(headers, 'x-request-id'))?.slice(0, 128) ?? null

/** Builds the client of one cloud: its own connections, its own certificates. */
export function createCloudHttp(
  cloud: Pick<CloudConfig, 'ca'>,
  { clock, chance, limits = usualLimits }: { clock: Clock; chance: Chance; limits?: Limits },
): CloudHttp {
  const agent = new Agent({
    connections: limits.connections,
    maxHeaderSize: limits.headerBytes,
    headersTimeout: limits.headersMs,
    bodyTimeout: limits.bodyIdleMs,
    keepAliveTimeout: 10_000,
    connect: { timeout: limits.connectMs, ...(cloud.ca ? { ca: [...cloud.ca] } : {}) },
  })

  return {
    close: () => agent.close(),
    async send(call) {
      for (let attempt = 1; ; attempt += 1) {
        const error = await tryOnce(agent, call, limits, clock).then(
          (response) => response,
          (failure: unknown) => asCloudError(failure, call),
        )
        if (!(error instanceof CloudError)) return error
        if (attempt >= limits.attempts || !mayRepeat(error, call, attempt)) throw error
        const wait = error.retryAfterMs ?? chance.jitterMs(limits.backoffMs * 2 ** attempt)
        if (wait > limits.patienceMs) throw error
        await clock.sleep(wait, call.signal)
      }
    },
  }
}

function mayRepeat(error: CloudError, call: CloudRequest, attempt: number): boolean {
  if (call.retry === 'once' || call.signal?.aborted) return false
  if (error.code === 'outcome_unknown' || error.code === 'upstream_contract') return false
  const meaning = vendorMeaning(error.vendorCode, error.status)
  if (meaning?.effect === 'none') return false
  if (meaning?.effect === 'wait') return true
  if (meaning?.effect === 'unclear' && attempt === 1) return true
  if (error.status !== null) return passing.has(error.status)
  return error.code === 'upstream_unavailable' || (error.code === 'timeout' && call.retry === 'read')
}

async function tryOnce(
  agent: Agent,
  call: CloudRequest,
  limits: Limits,
  clock: Clock,
): Promise<CloudResponse> {
  const deadline = startDeadline(call.timeoutMs ?? limits.totalMs, call.signal)
  try {
    return await ask(agent, call, limits, clock, deadline.signal)
  } finally {
    deadline.clear()
  }
}

async function ask(
  agent: Agent,
  call: CloudRequest,
  limits: Limits,
  clock: Clock,
  signal: AbortSignal,
): Promise<CloudResponse> {
  const response = await request(call.url, {
    dispatcher: agent,
    method: call.method,
    signal,
    headers: {
      accept: 'application/json',
      ...(call.token === undefined ? {} : { 'x-auth-token': call.token }),
      // Without the second header Keystone denies tokens with access rules (application credentials) to exist.
      ...(call.subjectToken === undefined
        ? {}
        : { 'x-subject-token': call.subjectToken, 'openstack-identity-access-rules': '1.0' }),
      ...(call.receipt === undefined ? {} : { 'openstack-auth-receipt': call.receipt }),
      ...(call.body === undefined ? {} : { 'content-type': call.contentType ?? 'application/json' }),
    },
    body: call.body === undefined ? undefined : JSON.stringify(call.body),
  })
  const facts = {
    status: response.statusCode,
    upstreamRequestId: requestIdOf(response.headers),
    retryAfterMs: retryAfterMs(header(response.headers, 'retry-after'), clock.now()),
  }
  const text = await readBody(response, limits.bodyBytes)
  if (facts.status >= 200 && facts.status < 300) {
    const json = text === null ? undefined : parseJson(text)
    if (json === undefined)
      throw new CloudError(writes(call) ? 'outcome_unknown' : 'upstream_contract', facts)
    return { ...facts, headers: response.headers, json }
  }
  const refused = { ...facts, headers: response.headers, json: parseJson(text ?? '') }
  if (call.accepts?.(refused)) return refused
  throw refusal(call, facts, text ?? '')
}

/** What a refusal of the cloud's means for this call: by the code it names, else by its status. */
function refusal(
  call: CloudRequest,
  facts: { status: number; upstreamRequestId: string | null; retryAfterMs: number | null },
  text: string,
): CloudError {
  const { vendorCode, requestId, memberLimit, periodMs } = readErrorBody(text)
  const meaning = vendorMeaning(vendorCode, facts.status)
  // A server that broke while writing may have written all the same. One that says when to come back did nothing.
  const broke = facts.status >= 500 && !(facts.status === 503 && facts.retryAfterMs !== null)
  const mayHaveActed = meaning ? meaning.effect === 'unclear' : broke
  const code = writes(call) && mayHaveActed ? 'outcome_unknown' : codeFor(facts.status, meaning, call.codes)
  return new CloudError(code, {
    status: facts.status,
    vendorCode,
    upstreamRequestId: requestId ?? facts.upstreamRequestId,
    retryAfterMs: facts.retryAfterMs ?? periodMs,
    values: {
      ...(memberLimit === null ? {} : { limit: memberLimit }),
      ...(code === 'upstream_refused' && vendorCode !== null ? { vendorCode } : {}),
      ...(code === 'permission_missing' && call.permission ? { permission: call.permission } : {}),
    },
  })
}

const writes = (call: CloudRequest) => call.retry === 'write'

/** The whole body, or null for one that is longer than we take; the rest of it is not read. */
async function readBody(response: Dispatcher.ResponseData, maxBytes: number): Promise<string | null> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of response.body as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > maxBytes) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function parseJson(text: string): unknown {
  if (text.trim() === '') return null
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function asCloudError(failure: unknown, call: CloudRequest): CloudError {
  if (failure instanceof CloudError) return failure
  if (call.signal?.aborted) throw failure
  const code = failure instanceof Error && 'code' in failure ? String(failure.code) : ''
  if (unsent.has(code) || untrusted.test(code))
    return new CloudError('upstream_unavailable', { cause: failure })
  if (code === 'UND_ERR_HEADERS_OVERFLOW' || code.startsWith('HPE_')) {
    return new CloudError(writes(call) ? 'outcome_unknown' : 'upstream_contract', { cause: failure })
  }
  if (writes(call)) return new CloudError('outcome_unknown', { cause: failure })
  const slow = failure instanceof Error && (failure.name === 'TimeoutError' || code.includes('TIMEOUT'))
  return new CloudError(slow ? 'timeout' : 'upstream_unavailable', { cause: failure })
}
