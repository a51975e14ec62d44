/** What a test may change while the cloud runs. */
export type Settings = {
  /** Members per image; negative means no limit. */
  memberQuota: number
  tokenLifetimeSeconds: number
  /** Characters of every token issued from now on; null: as long as Keystone's own. */
  tokenLength: number | null
  /** How every token issued from now on begins; Keystone's own begin as a fernet token does. */
  tokenStart: string
  /** How the identity service speaks: as Keystone, or as the account based one of the IMS clouds. */
  identity: 'keystone' | 'iam'
  /** Whether a token may be exchanged for one of another project. */
  rescoping: boolean
  /** Wrong passwords that lock a user, and for how long; 0: none do. */
  lockoutFailures: number
  lockoutSeconds: number
  /** Which project lists the account based identity service opens: its own calls, the account's, the user's. */
  projectLists: ('auth' | 'account' | 'user')[]
  /** Time added to every answer of both services. */
  latencyMs: number
  /** The role defaults that refuse writes of readers. */
  secureRbac: boolean
  /** `ims`: the batch calls, `/v2/cloudimages` and jobs stand beside the native calls, behind a gateway. */
  imageFamily: 'glance' | 'ims'
  /**
   * Which images have members. `shared`: Glance 2.5 and later. `private`: before that, there is no `shared` to set.
   * `any`: all that are not public, and an image is called shared once it has members.
   */
  visibilityModel: 'shared' | 'private' | 'any'
  /** How the native image calls write their errors; `text-as-html`: plain text under the type text/html. */
  errorStyle: 'json' | 'text-as-html'
  /** Where jobs are read: below the project, or as progress alone. */
  jobEndpoints: ('project' | 'progress')[]
  /** How many polls see a job before it is done; the first of them sees INIT, the others RUNNING. */
  imsJobPolls: number
  /** After so many seconds of the cloud's clock a job is done even if nobody polls. */
  imsJobSeconds: number
  /** When a job changes the members: as soon as it is accepted, or when it is done. */
  imsJobEffect: 'start' | 'end'
  /** Faults of single pairs that are found by the job, which then fails; all others are answered with 400 at once. */
  imsFaultsInJob: string[]
  /** Whether images encrypted with a key of one's own may be shared. */
  encryptedShares: boolean
  /** The newer member lists in pages, and the type of each member in every list. */
  memberPages: boolean
  listLimits: { default: number; max: number }
  /** The same for `/v2/cloudimages`. */
  cloudImagesLimits: { default: number; max: number }
  /** How long the image service believes a token it has seen once. */
  tokenCacheSeconds: number
  /** False: the catalogue has no image service. */
  catalogHasImage: boolean
  /** Replaces the image endpoint of a region in the catalogue. */
  imageUrlByRegion: Record<string, string>
}

/** The settings of a freshly started cloud: OpenStack of today. */
export function defaultSettings(): Settings {
  return {
    memberQuota: 128,
    tokenLifetimeSeconds: 3600,
    tokenLength: null,
    tokenStart: 'gAAAAA',
    identity: 'keystone',
    rescoping: true,
    lockoutFailures: 0,
    lockoutSeconds: 1800,
    projectLists: ['auth', 'account', 'user'],
    latencyMs: 0,
    secureRbac: false,
    imageFamily: 'glance',
    visibilityModel: 'shared',
    errorStyle: 'json',
    jobEndpoints: ['project'],
    imsJobPolls: 2,
    imsJobSeconds: 2.4,
    imsJobEffect: 'end',
    imsFaultsInJob: ['IMG.0088', 'IMG.0108', 'IMG.0184'],
    encryptedShares: false,
    memberPages: false,
    listLimits: { default: 25, max: 1000 },
    cloudImagesLimits: { default: 500, max: 1000 },
    tokenCacheSeconds: 60,
    catalogHasImage: true,
    imageUrlByRegion: {},
  }
}
