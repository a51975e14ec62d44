import type { IamHindrance } from './keystone/iam.ts'

/** What the clouds keep, shaped as the upstream services shape it. Times are milliseconds since the epoch. */

export type Visibility = 'public' | 'private' | 'shared' | 'community'
export type MemberStatus = 'pending' | 'accepted' | 'rejected'

export type Domain = { id: string; name: string; description: string; enabled: boolean }

export type Project = {
  id: string
  name: string
  domainId: string
  description: string
  enabled: boolean
  parentId: string
}

export type User = {
  id: string
  name: string
  domainId: string
  password: string
  enabled: boolean
  email: string | null
  defaultProjectId: string | null
  /** Tokens issued in this second or earlier are dead: password changed or user disabled. */
  tokensDeadUntil: number
  /** Base32 secret of an authenticator app; signing in takes its code then. */
  totpSecret?: string
  /** A one-time code that is always right, beside those of the app. */
  passcode?: string
  isPasswordExpired?: boolean
  /** Why the account based identity service keeps the user out although the password is right. */
  hindrance?: IamHindrance
}

export type Role = { id: string; name: string }

export type Token = {
  text: string
  userId: string
  projectId: string | null
  domainId: string | null
  methods: string[]
  auditIds: string[]
  issuedAt: number
  expiresAt: number
  revoked: boolean
  /** The application credential it was issued for. */
  credentialId?: string
}

export type Member = {
  memberId: string
  imageId: string
  status: MemberStatus
  createdAt: number
  updatedAt: number
  /** What kind of recipient an IMS of the newer sort says it is; a project when left out. */
  type?: 'domain' | 'organization'
}

/** What IMS knows of an image beyond Glance's fields. */
export type ImsTraits = {
  /** The disk is encrypted with a key of the owner's. */
  encrypted?: boolean
  /** Made of a whole server: from a backup vault (CBR), or by any other means. */
  fullServer?: 'cbr' | 'other'
  /** From the marketplace. */
  market?: boolean
  /** One of the cloud's own public images. */
  gold?: boolean
}

export type ImageFields = {
  id: string
  name: string | null
  disk_format: string | null
  container_format: string | null
  visibility: Visibility
  size: number | null
  virtual_size: number | null
  status: string
  checksum: string | null
  protected: boolean
  min_ram: number
  min_disk: number
  owner: string | null
  os_hidden: boolean
  os_hash_algo: string | null
  os_hash_value: string | null
  created_at: number
  updated_at: number
  tags: string[]
}

export type Image = ImageFields & {
  /** Custom properties, shown at the top level of the image. */
  properties: Record<string, string>
  ims: ImsTraits
  /** The first bytes of an uploaded file, enough to answer a small download. */
  head: Buffer | null
  members: Map<string, Member>
  /** Further rows of members it has already: what adding the same one many times at once leaves behind on a real Glance. */
  twins?: Member[]
}
