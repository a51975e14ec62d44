import 'server-only'
import { existsSync, readFileSync } from 'node:fs'
import { rootCertificates } from 'node:tls'
import { parse } from 'yaml'
import { z } from 'zod'
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
  /** Certificates to trust, or null for the system's own. */
  ca: readonly string[] | null
}

const CloudEntry = z.object({
  auth: z.object({ auth_url: z.string(), user_domain_name: z.string().optional() }),
  region_name: z.string().optional(),
  regions: z.array(z.union([z.string(), z.object({ name: z.string() })])).optional(),
  image_endpoint_override: z.string().optional(),
  cacert: z.string().optional(),
  shareboard: z
    .object({ label: z.string().optional(), member_limit: z.number().int().positive().optional() })
    .optional(),
})
const CloudsFile = z.object({ clouds: z.record(z.string(), z.unknown()) })

function authUrl(text: string, where: string): string {
  const url = URL.parse(text)
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.search || url.hash) {
    throw new Error(`${where} must be an address such as https://identity.example.org/v3, not "${text}"`)
  }
  const bare = url.href.replace(/\/+$/, '').replace(/\/v[23](\.\d)?$/, '')
  return `${bare}/v3`
}

/** undici replaces the system's roots by `ca`, so both are given. */
function readCa(file: string | null | undefined): readonly string[] | null {
  return file ? [...rootCertificates, readFileSync(file, 'utf8')] : null
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
    name,
    label: shareboard?.label ?? name,
    authUrl: authUrl(auth.auth_url, `${file}: auth_url of "${name}"`),
    regions: region_name ? [region_name] : named,
    imageEndpointOverride: image_endpoint_override ?? null,
    defaultDomain: auth.user_domain_name ?? env.osDefaultDomain,
    memberLimit: shareboard?.member_limit ?? env.memberLimit,
    ca: readCa(cacert ?? env.osCacert),
  }
}

/** The clouds a person may sign in to, by name. Throws a plain sentence about the entry at fault. */
export function loadClouds(env: Env): ReadonlyMap<string, CloudConfig> {
  if (env.osAuthUrl) {
    const name = env.osCloud ?? 'openstack'
    const cloud: CloudConfig = {
      name,
      label: name,
      authUrl: authUrl(env.osAuthUrl, 'OS_AUTH_URL'),
      regions: env.osRegion ? [env.osRegion] : [],
      imageEndpointOverride: null,
      defaultDomain: env.osDefaultDomain,
      memberLimit: env.memberLimit,
      ca: readCa(env.osCacert),
    }
    return new Map([[name, cloud]])
  }
  const file = env.cloudFiles.find((path) => existsSync(path))
  if (!file) return new Map()
  const parsed = CloudsFile.safeParse(parse(readFileSync(file, 'utf8')))
  if (!parsed.success) throw new Error(`${file} has no "clouds" section`)
  const names = Object.keys(parsed.data.clouds).filter((name) => !env.osCloud || name === env.osCloud)
  return new Map(names.map((name) => [name, fromEntry(name, parsed.data.clouds[name], file, env)]))
}
