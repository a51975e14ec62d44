import type { ImageDetail, MemberStatus } from './images'

/** One image that another project shares with ours. */
export interface Offer {
  image: ImageDetail
  /** Owner project id as the cloud states it. */
  owner: string
  ownerName: string | null
  status: MemberStatus
  /** When it was shared, where the cloud was asked for it; lists do not tell. */
  sharedAt: string | null
  answeredAt: string | null
}

export interface OfferList {
  offers: Offer[]
  counts: Record<MemberStatus, number>
  /** Set when our cap was reached: the sentence says that more exist. */
  truncated: boolean
  /** The token sees the whole cloud, so every image was checked against its members. */
  wholeCloud: boolean
}
