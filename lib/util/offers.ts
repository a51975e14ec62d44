import type { MemberStatus } from '../contracts/images'
import type { Offer } from '../contracts/incoming'

export interface OfferGroup {
  owner: string
  ownerName: string | null
  offers: Offer[]
}

/**
 * Offers of one status, by the project they come from; newest image first. Owners stand in the order of their newest
 * offer of any status, so that answering one never moves the others about.
 */
export function groupOffers(offers: readonly Offer[], status: MemberStatus): OfferGroup[] {
  const groups = new Map<string, OfferGroup>()
  const newestFirst = offers.toSorted(
    (a, b) => b.image.createdAt.localeCompare(a.image.createdAt) || a.image.id.localeCompare(b.image.id),
  )
  for (const offer of newestFirst) {
    const group = groups.get(offer.owner) ?? { owner: offer.owner, ownerName: offer.ownerName, offers: [] }
    groups.set(offer.owner, group)
    if (offer.status === status) group.offers.push(offer)
  }
  return [...groups.values()].filter((group) => group.offers.length > 0)
}

/** How many offers of one owner nobody has answered. */
export function pendingFrom(offers: readonly Offer[], owner: string): number {
  return offers.filter((offer) => offer.owner === owner && offer.status === 'pending').length
}

/** Only an image that is complete can be judged: until it is active its content may still come, or was withdrawn. */
export function canAccept(offer: Offer): boolean {
  return offer.image.status === 'active'
}

/** An image of a whole server is accepted into a backup vault of the recipient (OTC API reference, image sharing). */
export function needsVault(offer: Offer): boolean {
  return offer.image.cautions.includes('full_server')
}

export type Answer = 'accept' | 'reject'

export const statusAfter = { accept: 'accepted', reject: 'rejected' } as const satisfies Record<
  Answer,
  MemberStatus
>

/** The answer that brings a status back; pending has none, because a recipient's only answers are these two. */
export function answerFor(status: MemberStatus): Answer | null {
  if (status === 'pending') return null
  return status === 'accepted' ? 'accept' : 'reject'
}

/** The answers that would change something. */
export function openAnswers(status: MemberStatus): Answer[] {
  if (status === 'pending') return ['accept', 'reject']
  return status === 'accepted' ? ['reject'] : ['accept']
}

export type HashVerdict = 'nothing_given' | 'no_hash' | 'same' | 'different'

/**
 * Compares a pasted hash with the image's. Takes bare hex as well as a line of `sha512sum`
 * (`hash  file`) or `sha512:hash`; case and blanks around do not matter. A part of a hash is not the hash.
 */
export function compareHash(pasted: string, hash: string | null): HashVerdict {
  const words = pasted.slice(0, 10_000).trim().split(/\s+/)
  const given = (words[0] ?? '').replace(/^[A-Za-z0-9_-]{1,12}:/, '').toLowerCase()
  if (given === '') return 'nothing_given'
  if (!hash) return 'no_hash'
  return given === hash.toLowerCase() ? 'same' : 'different'
}
