import 'server-only'
import pino from 'pino'
import { env } from './env'

/**
 * What may stand in a log line: names and ids of ours, counts, codes. Everything else is dropped, so that a token or a
 * password can't get in by being part of an object somebody logs.
 */
export interface LogFields {
  operation?: string
  code?: string
  status?: number
  /** The cloud's own error code. */
  vendorCode?: string
  cloud?: string
  region?: string
  project?: string
  user?: string
  job?: string
  attempt?: number
  requestId?: string
  upstreamRequestId?: string
  count?: number
  ms?: number
  path?: string
  cause?: string
}

const allowed: ReadonlySet<string> = new Set<keyof LogFields>([
  'operation',
  'code',
  'status',
  'vendorCode',
  'cloud',
  'region',
  'project',
  'user',
  'job',
  'attempt',
  'requestId',
  'upstreamRequestId',
  'count',
  'ms',
  'path',
  'cause',
])

/** Shapes of secrets: Keystone fernet, JWT, signed Huawei tokens. A second net below the list of fields. */
const secretShapes = /gAAAAA[\w-]{20,}=*|eyJ[\w-]{10,}\.[\w-]+\.[\w-]+|MII[A-Za-z0-9+/=-]{60,}/g

/** Makes text safe for a log line: no secrets, no control characters, no kilobytes. */
export function clean(text: string): string {
  return text
    .replace(secretShapes, '[secret]')
    .replace(/\p{Cc}/gu, ' ')
    .slice(0, 500)
}

function pick(fields: LogFields): Record<string, string | number> {
  const kept: Record<string, string | number> = {}
  for (const [key, value] of Object.entries(fields)) {
    if (!allowed.has(key) || value === undefined) continue
    kept[key] = typeof value === 'number' ? value : clean(String(value))
  }
  return kept
}

function sink() {
  return pino({ level: env().logLevel, base: undefined, timestamp: pino.stdTimeFunctions.isoTime })
}

const shared = globalThis as { shareboardLog?: ReturnType<typeof sink> }
const out = () => {
  shared.shareboardLog ??= sink()
  return shared.shareboardLog
}

export const log = {
  info: (message: string, fields: LogFields = {}) => out().info(pick(fields), message),
  warn: (message: string, fields: LogFields = {}) => out().warn(pick(fields), message),
  error: (message: string, fields: LogFields = {}) => out().error(pick(fields), message),
}

/** What went wrong, in a form that may be logged: name, code and a cleaned message; never an object's contents. */
export function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  const code = 'code' in error && typeof error.code === 'string' ? ` ${error.code}` : ''
  return clean(`${error.name}${code}: ${error.message.split('\n')[0]}`)
}
