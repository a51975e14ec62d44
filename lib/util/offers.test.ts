import { describe, expect, test } from 'vitest'
import type { ImageDetail, MemberStatus } from '../contracts/images'
import type { Offer } from '../contracts/incoming'
import {
  answerFor,
  canAccept,
  compareHash,
  groupOffers,
  needsVault,
  openAnswers,
  pendingFrom,
  statusAfter,
} from './offers'

const offer = (id: string, owner: string, status: MemberStatus, createdAt = '2026-11-01', image = 'active') =>
  ({
    image: { id, createdAt, status: image } as ImageDetail,
    owner,
    ownerName: null,
    status,
    sharedAt: null,
    answeredAt: null,
  }) satisfies Offer

describe('grouping', () => {
  const offers = [
    offer('a', 'old', 'pending', '2026-01-01'),
    offer('b', 'new', 'pending', '2026-03-01'),
    offer('d', 'old', 'pending', '2026-02-01'),
    offer('c', 'old', 'pending', '2026-02-01'),
    offer('e', 'old', 'rejected', '2026-12-01'),
  ]

  const shape = (list: readonly Offer[]) =>
    groupOffers(list, 'pending').map((group) => [group.owner, group.offers.map(({ image }) => image.id)])

  test('newest image first, equal times by id, owners by their newest offer of any status', () => {
    expect(shape(offers)).toEqual([
      ['old', ['c', 'd', 'a']],
      ['new', ['b']],
    ])
    expect(shape(offers.slice(0, 4))).toEqual([
      ['new', ['b']],
      ['old', ['c', 'd', 'a']],
    ])
  })

  test('an answer leaves the other owners where they are', () => {
    const answered = offers.map((one) =>
      one.image.id === 'c' ? { ...one, status: 'accepted' as const } : one,
    )
    expect(shape(answered)).toEqual([
      ['old', ['d', 'a']],
      ['new', ['b']],
    ])
  })

  test('one status only, and the list given is left as it was', () => {
    const before = offers.map(({ image }) => image.id)
    expect(groupOffers(offers, 'rejected')).toHaveLength(1)
    expect(groupOffers(offers, 'accepted')).toEqual([])
    expect(offers.map(({ image }) => image.id)).toEqual(before)
  })

  test('counts what an owner has waiting', () => {
    expect(pendingFrom(offers, 'old')).toBe(3)
    expect(pendingFrom(offers, 'nobody')).toBe(0)
  })
})

test.each(['queued', 'saving', 'importing', 'deactivated', 'killed', 'deleted', 'pending_delete', ''])(
  'an image that is "%s" can not be accepted',
  (status) => {
    expect(canAccept(offer('a', 'o', 'pending', '', status))).toBe(false)
    expect(canAccept(offer('a', 'o', 'pending', '', 'active'))).toBe(true)
  },
)

test('an answer and its way back belong together', () => {
  expect(openAnswers('pending')).toEqual(['accept', 'reject'])
  expect(answerFor('pending')).toBeNull()
  for (const status of ['accepted', 'rejected'] as const) {
    for (const answer of openAnswers(status)) expect(statusAfter[answer]).not.toBe(status)
    const back = answerFor(status)
    expect(back && statusAfter[back]).toBe(status)
  }
})

const hash = 'ab'.repeat(64)
test.each([
  ['nothing', '  \n', hash, 'nothing_given'],
  ['the same', hash, hash, 'same'],
  ['upper case', hash.toUpperCase(), hash, 'same'],
  ['blanks around', `\t ${hash}\n`, hash, 'same'],
  ['a line of sha512sum', `${hash}  rocky.qcow2\n`, hash, 'same'],
  ['with its algorithm', `sha512:${hash}`, hash, 'same'],
  ['the beginning only', hash.slice(0, 20), hash, 'different'],
  ['one digit off', `${hash.slice(0, -1)}0`, hash, 'different'],
  ['an image without hash', hash, null, 'no_hash'],
] as const)('compare: %s', (_, pasted, value, verdict) => {
  expect(compareHash(pasted, value)).toBe(verdict)
})

test('an image of a whole server is accepted into a vault, an encrypted one is not', () => {
  const given = offer('a', 'o', 'pending')
  const withCautions = (cautions: ImageDetail['cautions']) => ({
    ...given,
    image: { ...given.image, cautions },
  })
  expect(needsVault(withCautions(['encrypted', 'full_server']))).toBe(true)
  expect(needsVault(withCautions(['encrypted']))).toBe(false)
  expect(needsVault(withCautions([]))).toBe(false)
})
