import 'server-only'
import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'

/** The settings of one process. Read once, frozen: an allow-list that grows at run time is no allow-list. */
export interface Env {
  production: boolean
  port: number
  publicOrigin: string
  secure: boolean
  allowedOrigins: readonly string[]
  dataDir: string
  databaseUrl: string | null
  secretText: string | null
  osCloud: string | null
  osAuthUrl: string | null
  osRegion: string | null
  osCacert: string | null
  osDefaultDomain: string
  cloudFiles: readonly string[]
  readOnlyRoles: readonly string[]
  /** Roles before whose tokens the image service hides nothing. */
  adminRoles: readonly string[]
  memberLimit: number | null
  /** So many refused sign-ins of one user in five minutes, and the next ones wait. */
  signInFailures: number
  logLevel: string
  faultPoints: string
}

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']

const list = (text: string | undefined) =>
  Object.freeze((text ?? '').split(/[\s,]+/).filter((part) => part.length > 0))

function whole(name: string, text: string | undefined, fallback: number): number {
  if (text === undefined || text === '') return fallback
  const value = Number(text)
  if (!Number.isInteger(value) || value <= 0)
    throw new Error(`${name} must be a whole number above 0, not "${text}"`)
  return value
}

function origin(name: string, text: string): string {
  const url = URL.parse(text)
  // Whatever else an address can hold (path, query, user) is not part of an origin.
  if (!url || !/^https?:$/.test(url.protocol) || url.href !== `${url.origin}/`) {
    throw new Error(`${name} must be an origin such as https://shareboard.example.org, not "${text}"`)
  }
  return url.origin
}

function port(text: string | undefined): number {
  const value = whole('PORT', text, 3000)
  if (value > 65_535) throw new Error(`PORT must be at most 65535, not "${text}"`)
  return value
}

function logLevel(text: string): string {
  if (logLevels.includes(text)) return text
  throw new Error(`SHAREBOARD_LOG_LEVEL must be one of ${logLevels.join(', ')}, not "${text}"`)
}

function secretText(source: NodeJS.ProcessEnv): string | null {
  const file = source.SHAREBOARD_SECRET_FILE
  if (!file) return source.SHAREBOARD_SECRET || null
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new Error(`SHAREBOARD_SECRET_FILE names "${file}", which can't be read`, { cause: error })
  }
}

/** Where the OpenStack clients look for clouds.yaml, in their order. */
function cloudFiles(source: NodeJS.ProcessEnv): string[] {
  if (source.OS_CLIENT_CONFIG_FILE) return [source.OS_CLIENT_CONFIG_FILE]
  const config = source.XDG_CONFIG_HOME ?? join(homedir(), '.config')
  return [resolve('clouds.yaml'), join(config, 'openstack', 'clouds.yaml'), '/etc/openstack/clouds.yaml']
}

/** Reads settings from an environment. Throws a plain sentence that names the variable at fault. */
export function readEnv(source: NodeJS.ProcessEnv): Env {
  const listenOn = port(source.PORT)
  const publicOrigin = origin(
    'SHAREBOARD_PUBLIC_ORIGIN',
    source.SHAREBOARD_PUBLIC_ORIGIN || `http://localhost:${listenOn}`,
  )
  const allowed = list(source.SHAREBOARD_ALLOWED_ORIGINS)
  return Object.freeze({
    production: source.NODE_ENV === 'production',
    port: listenOn,
    publicOrigin,
    secure: publicOrigin.startsWith('https:'),
    allowedOrigins: Object.freeze(allowed.map((text) => origin('SHAREBOARD_ALLOWED_ORIGINS', text))),
    dataDir: resolve(/* turbopackIgnore: true */ source.SHAREBOARD_DATA_DIR || '.data'),
    databaseUrl: source.DATABASE_URL || null,
    secretText: secretText(source),
    osCloud: source.OS_CLOUD || null,
    osAuthUrl: source.OS_AUTH_URL || null,
    osRegion: source.OS_REGION_NAME || null,
    osCacert: source.OS_CACERT || null,
    osDefaultDomain: source.OS_USER_DOMAIN_NAME || 'Default',
    cloudFiles: Object.freeze(cloudFiles(source)),
    readOnlyRoles: list(source.SHAREBOARD_READ_ONLY_ROLES || 'reader'),
    adminRoles: list(source.SHAREBOARD_ADMIN_ROLES || 'admin'),
    memberLimit: source.SHAREBOARD_MEMBER_LIMIT
      ? whole('SHAREBOARD_MEMBER_LIMIT', source.SHAREBOARD_MEMBER_LIMIT, 128)
      : null,
    signInFailures: whole('SHAREBOARD_SIGN_IN_FAILURES', source.SHAREBOARD_SIGN_IN_FAILURES, 5),
    logLevel: logLevel(source.SHAREBOARD_LOG_LEVEL || 'info'),
    faultPoints: source.SHAREBOARD_FAULT_POINTS || '',
  })
}

let current: Env | undefined

/** The settings of this process. */
export function env(): Env {
  current ??= readEnv(process.env)
  return current
}
