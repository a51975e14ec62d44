import { describe, expect, test } from 'vitest'
import { defaultPolicy } from '../../contracts/audits'
import { changesOf, factsOf } from './activity-facts'

describe('what an act was to change', () => {
  test.each([
    ['share.share', 'not_shared', 'pending'],
    ['share.stop', 'shared', 'not_shared'],
    ['share.offer_again', 'shared', 'pending'],
    ['share.accept', 'shared', 'accepted'],
    ['share.reject', 'shared', 'rejected'],
  ] as const)('%s: from %s to %s', (verb, before, after) => {
    expect(changesOf(verb, {})).toEqual([{ of: 'membership', before, after }])
  })

  test('of a visibility and a note it is what is stored', () => {
    const stored = { before: 'shared', after: 'private' }
    expect(changesOf('image.set_visibility', stored)).toEqual([{ of: 'visibility', ...stored }])
    expect(changesOf('audit.note', { before: '', after: 'seen' })).toEqual([
      { of: 'note', before: '', after: 'seen' },
    ])
  })

  test('of the rules of audits it is the settings that differ', () => {
    const before = JSON.stringify({ ...defaultPolicy, callsPerSecond: 5 })
    const after = JSON.stringify({ ...defaultPolicy, pendingDays: 60, trustedDomains: ['a', 'b'] })
    expect(changesOf('audit.policy', { before, after })).toEqual([
      { of: 'trustedDomains', before: '', after: 'a, b' },
      { of: 'pendingDays', before: '30', after: '60' },
      { of: 'callsPerSecond', before: '5', after: null },
    ])
    expect(changesOf('audit.policy', { before, after: before })).toEqual([])
    expect(changesOf('audit.policy', { before: 'no JSON', after: 'null' })).toEqual([])
  })

  test('a sign-in changes nothing', () => {
    expect(changesOf('session.begin', { requestId: 'req-1' })).toEqual([])
  })
})

describe('what else is stored of an act', () => {
  test('is what was wanted, and over it what came of it', () => {
    const wanted = { auditId: 'a', what: 'table', format: 'csv', requestId: 'req-1' }
    expect(factsOf(wanted, { ...wanted, rows: 7 })).toEqual({ what: 'table', format: 'csv', rows: 7 })
    expect(factsOf({ reach: 'cloud' }, { reach: 'cloud', images: 3, refused: 0, members: 9 })).toEqual({
      reach: 'cloud',
      images: 3,
      refused: 0,
      members: 9,
    })
  })

  test('leaves out what is no such thing', () => {
    expect(factsOf({ images: [{ id: 'i' }], rows: -1, kind: 'none', reach: 7, note: null }, null)).toEqual({})
  })
})
