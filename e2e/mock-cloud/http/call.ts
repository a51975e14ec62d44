import type { IncomingHttpHeaders } from 'node:http'
import type { LedgerEntry } from '../ledger.ts'
import type { Settings } from '../settings.ts'

/** What is known of an uploaded file: only its size, its hashes and its first bytes are kept. */
export type Upload = { size: number; md5: string; sha512: string; head: Buffer }

/** A call to one of the services, read completely. */
export type Call = {
  service: 'identity' | 'image'
  region: string
  method: string
  /** Not decoded, without the deployment's prefix and the query. */
  path: string
  query: string
  headers: IncomingHttpHeaders
  /** Null where no body was sent. */
  body: Buffer | null
  upload: Upload | null
  requestId: string
  /** How errors of the image service are written. */
  errorStyle: Settings['errorStyle']
  entry: LedgerEntry
}

/** An answer before it is sent. */
export type Reply = {
  status: number
  headers: Record<string, string>
  body: string | Buffer
  /** Whether the call changed what the cloud holds. */
  changed?: boolean
}

/** The first value of a header, or nothing. */
export function header(call: { headers: IncomingHttpHeaders }, name: string): string | undefined {
  const value = call.headers[name]
  return Array.isArray(value) ? value[0] : value
}
