/** What a cloud can do, per cloud and region, in the order in which it is shown. */
export const capabilityKeys = [
  'sharing',
  'image_list',
  'job_endpoint',
  'visibility_model',
  'rescoping',
  'project_names',
  'hashes',
  'answer_undo',
  'pending_access',
] as const
export type CapabilityKey = (typeof capabilityKeys)[number]

export interface CapabilityValues {
  /** One call per pair, or one job for many pairs (IMS `/v1/cloudimages/members`). */
  sharing: 'native' | 'batch'
  image_list: 'glance' | 'cloudimages'
  /** Where the state of a batch job is read: `/v1/{project}/jobs/{id}` or `/v1/cloudimages/job/{id}`. */
  job_endpoint: 'project' | 'progress'
  /**
   * Which images may have members: those with visibility `shared` (Glance 2.5 and later), those with `private` (before), or
   * all that are not public (IMS).
   */
  visibility_model: 'shared' | 'private' | 'any'
  /** Whether a token can be exchanged for one of another project. */
  rescoping: 'yes' | 'no'
  /** Whose names the identity service tells: only those of one's own projects, or of every project. */
  project_names: 'own' | 'all'
  /** Whether images carry a hash of their data. */
  hashes: 'yes' | 'no'
  /** Whether an answer may be taken back to pending. */
  answer_undo: 'yes' | 'no'
  /** Whether an image can be used by its id before it is accepted, and after it was rejected. */
  pending_access: 'usable' | 'not_usable'
}

/**
 * How we know: told by the configuration, asked for, learnt in passing, measured on a cloud of this kind, stated by its
 * vendor, or not at all.
 */
export type CapabilitySource = 'configured' | 'probed' | 'learnt' | 'measured' | 'stated' | 'unknown'

export interface Capability<Value> {
  /** What we act on; where the source is `unknown` it is what is tried first. */
  value: Value
  source: CapabilitySource
  /** When it was found out; null where it was not found out here. */
  at: string | null
}

export type Capabilities = { [Key in CapabilityKey]: Capability<CapabilityValues[Key]> }

/** One cloud and region as its screen shows it. */
export interface CloudView {
  cloud: string
  label: string
  region: string
  /** The hosts we speak to: identity, and images where known. */
  identityHost: string
  imageHost: string
  capabilities: Capabilities
  memberLimit: number | null
  /** The caller's roles in the project it was asked for. */
  roles: string[]
}
