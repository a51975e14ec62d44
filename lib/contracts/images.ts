export type MemberStatus = 'pending' | 'accepted' | 'rejected'
export type Visibility = 'private' | 'shared' | 'community' | 'public' | 'unknown'

/** Why this cloud would refuse to share an image of one's own, as far as can be seen before it is asked. */
export type ShareObstacle = 'visibility' | 'marketplace' | 'not_active'

/** What may make the cloud refuse, or the recipient need something more; the sources disagree, so the cloud decides. */
export type ShareCaution = 'encrypted' | 'full_server'

/** An image as our screens know it. Strings come from the cloud and are shown through `UntrustedText` only. */
export interface ImageSummary {
  id: string
  name: string
  status: string
  visibility: Visibility
  owner: string | null
  os: string | null
  sizeBytes: number | null
  diskFormat: string | null
  containerFormat: string | null
  hidden: boolean
  protected: boolean
  tags: string[]
  shareObstacle: ShareObstacle | null
  cautions: ShareCaution[]
  createdAt: string
  updatedAt: string
}

/** Adds what an image page or a decision needs. */
export interface ImageDetail extends ImageSummary {
  virtualSizeBytes: number | null
  minDiskGb: number
  minRamMb: number
  checksum: string | null
  hashAlgo: string | null
  hashValue: string | null
  /** Everything else the owner wrote on the image, as stated by the owner. */
  properties: { key: string; value: string }[]
}

export interface Member {
  /** Project id; any string, because Glance checks nothing. */
  project: string
  /** Name where the cloud tells it to this user, else null. */
  projectName: string | null
  status: MemberStatus
  /** The cloud's own word for a status we don't know; it counts as pending. */
  said?: string
  /** It stands there more than once: Glance lets shares of the same moment do that. */
  twice?: true
  sharedAt: string
  answeredAt: string | null
  /** What the cloud calls a member that is no project, such as `domain` (IMS): shown, but not ours to change. */
  type?: string
}

/** One upstream page of the images a project owns. */
export interface ImagePage {
  images: ImageSummary[]
  /** Marker of the next page; null at the end. */
  next: string | null
  /** The list was cut at our cap. */
  truncated: boolean
}

/** The members of one image, or why it has none to show. */
export interface ImageMembers {
  imageId: string
  members: Member[]
  refused: 'not_shareable' | 'image_not_found' | 'forbidden' | null
}

/** The member limit of an image: from the configuration, learnt from a refusal, or unknown. */
export type MemberLimit = number | null

export interface ImageView {
  image: ImageDetail
  members: ImageMembers
  memberLimit: MemberLimit
  /** Whether this cloud lets the owner switch an image between private and shared. */
  canSwitchVisibility: boolean
}

/** More image ids than these stay out of an address: proxies cut it at 8 kB. The composer's picker adds further ones. */
export const maxImagesInAddress = 150
