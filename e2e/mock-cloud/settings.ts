/** What a test may change while the cloud runs. */
export type Settings = {
  /** Members per image; negative means no limit. */
  memberQuota: number
  tokenLifetimeSeconds: number
  /** Characters of every token issued from now on; null: as long as Keystone's own. */
  tokenLength: number | null
  /** How every token issued from now on begins; Keystone's own begin as a fernet token does. */
  tokenStart: string
  /** Time added to every answer of both services. */
  latencyMs: number
  /** The role defaults that refuse writes of readers. */
  secureRbac: boolean
  /** `shared`: Glance 2.5 and later. */
  visibilityModel: 'shared'
  listLimits: { default: number; max: number }
  /** How long the image service believes a token it has seen once. */
  tokenCacheSeconds: number
  /** False: the catalogue has no image service. */
  catalogHasImage: boolean
  /** Replaces the image endpoint of a region in the catalogue. */
  imageUrlByRegion: Record<string, string>
}

/** The settings of a freshly started cloud. */
export function defaultSettings(): Settings {
  return {
    memberQuota: 128,
    tokenLifetimeSeconds: 3600,
    tokenLength: null,
    tokenStart: 'gAAAAA',
    latencyMs: 0,
    secureRbac: false,
    visibilityModel: 'shared',
    listLimits: { default: 25, max: 1000 },
    tokenCacheSeconds: 60,
    catalogHasImage: true,
    imageUrlByRegion: {},
  }
}
