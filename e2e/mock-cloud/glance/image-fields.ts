import { pyRepr } from '../http/py-json.ts'
import type { ImageFields } from '../records.ts'
import type { Settings } from '../settings.ts'
import { VISIBILITIES } from './membership.ts'

type Model = Settings['visibilityModel']

/** Attributes nobody may set through the API. */
export const READ_ONLY = [
  'created_at',
  'updated_at',
  'status',
  'checksum',
  'size',
  'virtual_size',
  'direct_url',
  'self',
  'file',
  'schema',
  'id',
  'os_hash_algo',
  'os_hash_value',
]

/** Base attributes a client may set. */
export const SETTABLE = [
  'name',
  'disk_format',
  'container_format',
  'visibility',
  'protected',
  'min_ram',
  'min_disk',
  'owner',
  'os_hidden',
  'tags',
] as const

export type Settable = Partial<Pick<ImageFields, (typeof SETTABLE)[number]>>

/** How a 400 for a wrong value begins. The real one goes on with the schema that was broken. */
export const SCHEMA_FAULT = "Provided object does not match schema 'image'"

const CHOICES: Record<string, readonly (string | null)[]> = {
  disk_format: [null, 'ami', 'ari', 'aki', 'vhd', 'vhdx', 'vmdk', 'raw', 'qcow2', 'vdi', 'iso', 'ploop'],
  container_format: [null, 'ami', 'ari', 'aki', 'bare', 'ovf', 'ova', 'docker', 'compressed'],
}

/** What is wrong with a value for an attribute or property, or null. The visibilities there are depend on the cloud. */
export function faultIn(name: string, value: unknown, model: Model): string | null {
  const what = schemaFault(name, value, model)
  if (what) return `${SCHEMA_FAULT}: ${pyRepr(value)} ${what}`
  const negative = (name === 'min_ram' || name === 'min_disk') && Number(value) < 0
  return negative ? `Invalid value '${value}' for parameter '${name}': Cannot be a negative value` : null
}

function schemaFault(name: string, value: unknown, model: Model): string | null {
  const choices = name === 'visibility' ? VISIBILITIES[model] : CHOICES[name]
  if (choices) {
    const known = choices.some((choice) => choice === value)
    return known ? null : `is not one of [${choices.map(pyRepr).join(', ')}]`
  }
  switch (name) {
    case 'protected':
    case 'os_hidden':
      return typeof value === 'boolean' ? null : "is not of type 'boolean'"
    case 'min_ram':
    case 'min_disk':
      return Number.isInteger(value) ? null : "is not of type 'integer'"
    case 'tags':
      if (!Array.isArray(value)) return "is not of type 'array'"
      return value.every((tag) => typeof tag === 'string') ? null : "is not of type 'string'"
    case 'name':
    case 'owner':
      if (value !== null && typeof value !== 'string') return "is not of type 'null', 'string'"
      return [...(value ?? '')].length <= 255 ? null : 'is too long'
    default:
      return typeof value === 'string' ? null : "is not of type 'string'"
  }
}
