import 'server-only'
import { existsSync, readFileSync } from 'node:fs'
import { rootCertificates } from 'node:tls'
import { parseDocument } from 'yaml'
import { z } from 'zod'
import type { CapabilityValues } from '../../contracts/clouds'
import type { CloudNaming } from '../../contracts/session'
import type { Env } from '../env'

/** One cloud as configured. Nothing in it is secret: passwords in clouds.yaml are neither needed nor read. */
export interface CloudConfig {
  name: string
  label: string
  /** Ends in `/v3`. */
  authUrl: string
  /** The regions a person may choose from; empty means: whatever the catalogue names. */
  regions: readonly string[]
  imageEndpointOverride: string | null
  defaultDomain: string
  memberLimit: number | null
  naming: CloudNaming
  /** What whoever runs the dashboard says the cloud can do; wins over whatever is found out. */
  capabilities: Partial<CapabilityValues>
  /** Certificates to trust, or null for the system's own. */
  ca: readonly string[] | null
}

const YesNo = z.union([
  z.enum(['yes', 'no']),
  z.boolean().transform((is): 'yes' | 'no' => (is ? 'yes' : 'no')),
])

const ConfiguredCapabilities = z
  .strictObject({
    sharing: z.enum(['native', 'batch']),
    image_list: z.enum(['glance', 'cloudimages']),
    job_endpoint: z.enum(['project', 'progress']),
    visibility_model: z.enum(['shared', 'private', 'any']),
    rescoping: YesNo,
    project_names: z.enum(['own', 'all']),
    hashes: YesNo,
    answer_undo: YesNo,
    pending_access: z.enum(['usable', 'not_usable']),
  } satisfies Record<keyof CapabilityValues, z.ZodType>)
  .partial()

const CloudEntry = z.object({
  auth: z.object({ auth_url: z.string(), user_domain_name: z.string().optional() }),
  region_name: z.string().optional(),
  regions: z.array(z.union([z.string(), z.object({ name: z.string() })])).optional(),
  image_endpoint_override: z.string().optional(),
  cacert: z.string().optional(),
  shareboard: z
    .object({
      label: z.string().optional(),
      member_limit: z.number().int().positive().optional(),
      naming: z.enum(['keystone', 'account']).optional(),
      capabilities: ConfiguredCapabilities.optional(),
    })
    .optional(),
})
const CloudsFile = z.object({ clouds: z.record(z.string(), z.unknown()) })

/** An address without user, query or fragment. Throws a sentence that quotes it without what may be a password. */
function address(text: string, where: string): string {
  const url = URL.parse(text)
  if (!url || !/^https?:$/.test(url.protocol) || url.href !== `${url.origin}${url.pathname}`) {
    const shown = text.replace(/\/\/.*@/, '//***@')
    throw new Error(`${where} must be an address such as https://cloud.example.org/v3, not "${shown}"`)
  }
  return url.href
}

function authUrl(text: string, where: string): string {
  const bare = address(text, where)
    .replace(/\/+$/, '')
    .replace(/\/v[23](\.\d)?$/, '')
  return `${bare}/v3`
}

/** A cloud's name stands in the address of every page. */
function pageName(name: string, where: string): string {
  if (/^[\w.@-]{1,64}$/.test(name)) return name
  throw new Error(`${where} "${name.slice(0, 80)}" must be of letters, digits and . _ @ - alone, 64 at most`)
}

/** undici replaces the system's roots by `ca`, so both are given. */
function readCa(file: string | null | undefined, where: string): readonly string[] | null {
  if (!file) return null
  try {
    return [...rootCertificates, readFileSync(file, 'utf8')]
  } catch (error) {
    throw new Error(`${where} names "${file}", which can't be read`, { cause: error })
  }
}

/** Merge keys (`<<`) are in use in such files. The parser's own message may quote lines, and with them a password. */
function readYaml(file: string): unknown {
  const document = parseDocument(readFileSync(file, 'utf8'), { merge: true })
  const [error] = document.errors
  if (error) throw new Error(`${file} is not valid YAML at line ${error.linePos?.[0].line ?? '?'}`)
  return document.toJS()
}

function fromEntry(name: string, raw: unknown, file: string, env: Env): CloudConfig {
  const entry = CloudEntry.safeParse(raw)
  if (!entry.success) {
    const at = entry.error.issues[0]?.path.join('.') ?? ''
    throw new Error(`${file}: cloud "${name}" can't be read at "${at}"`)
  }
  const { auth, region_name, regions, image_endpoint_override, cacert, shareboard } = entry.data
  const named = (regions ?? []).map((region) => (typeof region === 'string' ? region : region.name))
  return {
    name: pageName(name, `${file}: the cloud's name`),
    label: shareboard?.label ?? name,
    authUrl: authUrl(auth.auth_url, `${file}: auth_url of "${name}"`),
    regions: region_name ? [region_name] : named,
    imageEndpointOverride:
      image_endpoint_override === undefined
        ? null
        : address(image_endpoint_override, `${file}: image_endpoint_override of "${name}"`),
    defaultDomain: auth.user_domain_name ?? env.osDefaultDomain,
    memberLimit: shareboard?.member_limit ?? env.memberLimit,
    naming: shareboard?.naming ?? 'keystone',
    capabilities: shareboard?.capabilities ?? {},
    ca: cacert ? readCa(cacert, `${file}: cacert of "${name}"`) : readCa(env.osCacert, 'OS_CACERT'),
  }
}

/** The clouds a person may sign in to, by name. Throws a plain sentence about the entry at fault. */
export function loadClouds(env: Env): ReadonlyMap<string, CloudConfig> {
  if (env.osAuthUrl) {
    const name = pageName(env.osCloud ?? 'openstack', 'OS_CLOUD')
    const cloud: CloudConfig = {
      name,
      label: name,
      authUrl: authUrl(env.osAuthUrl, 'OS_AUTH_URL'),
      regions: env.osRegion ? [env.osRegion] : [],
      imageEndpointOverride: null,
      defaultDomain: env.osDefaultDomain,
      memberLimit: env.memberLimit,
      naming: 'keystone',
      capabilities: {},
      ca: readCa(env.osCacert, 'OS_CACERT'),
    }
    return new Map([[name, cloud]])
  }
  const file = env.cloudFiles.find((path) => existsSync(path))
  if (!file) return new Map()
  const parsed = CloudsFile.safeParse(readYaml(file))
  if (!parsed.success) throw new Error(`${file} has no "clouds" section`)
  const names = Object.keys(parsed.data.clouds).filter((name) => !env.osCloud || name === env.osCloud)
  return new Map(names.map((name) => [name, fromEntry(name, parsed.data.clouds[name], file, env)]))
}
