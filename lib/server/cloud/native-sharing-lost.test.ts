import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type FakeCloud, type FaultKind, startFakeCloud } from '../testing/fake-cloud'
import { accessAs, hastyHttp } from '../testing/image-access'
import { CloudError } from './cloud-error'
import type { ImageAccess } from './glance'
import { nativeSharing } from './native-sharing'
import type { PairCall, PairOutcome } from './sharing'

const http = hastyHttp()
const impatient = hastyHttp({ totalMs: 700 })
let fake: FakeCloud
let [alpha, beta] = ['', '']
let owner: ImageAccess
let member: ImageAccess
let imageId = ''

beforeAll(async () => {
  fake = await startFakeCloud()
  const { projects } = fake.mint({
    projects: [{ name: 'alpha' }, { name: 'beta' }],
    users: [
      { name: 'alice', roles: [{ project: 'alpha' }] },
      { name: 'bob', roles: [{ project: 'beta' }] },
    ],
  })
  ;[alpha, beta] = [projects.alpha ?? '', projects.beta ?? '']
  owner = await accessAs(fake, http, 'alice', alpha)
  member = await accessAs(fake, http, 'bob', beta)
})
afterAll(async () => {
  await Promise.all([http.close(), impatient.close()])
  await fake.stop()
})
beforeEach(() => {
  fake.cloud.ledger.clear()
  ;[imageId = ''] = fake.mint({ images: [{ project: 'alpha', name: 'Debian' }] }).imageIds
})
afterEach(() => {
  fake.heal()
  owner.http = http
  member.http = http
  fake.cloud.settings.memberQuota = 128
})

interface Verb {
  name: string
  method: 'POST' | 'DELETE' | 'PUT'
  run(mayHaveHappened?: boolean): Promise<PairOutcome>
  prepare(): void
  isDone(): boolean
}

const pair = (mayHaveHappened = false): PairCall => ({ imageId, projectId: beta, mayHaveHappened })
const share: Verb = {
  name: 'share',
  method: 'POST',
  prepare: () => {},
  run: (may) => nativeSharing.share(owner, pair(may)),
  isDone: () => fake.members(imageId).get(beta) === 'pending',
}
const stop: Verb = {
  name: 'stop',
  method: 'DELETE',
  prepare: () => fake.mint({ members: [{ image: imageId, project: 'beta' }] }),
  run: (may) => nativeSharing.stop(owner, pair(may)),
  isDone: () => !fake.members(imageId).has(beta),
}
const answer: Verb = {
  name: 'answer',
  method: 'PUT',
  prepare: () => fake.mint({ members: [{ image: imageId, project: 'beta' }] }),
  run: (may) => nativeSharing.answer(member, pair(may), 'accepted'),
  isDone: () => fake.members(imageId).get(beta) === 'accepted',
}
const verbs = [share, stop, answer]
const sent = (method: string) => fake.calls({ method, path: '/members' }).length

const lost: [string, FaultKind][] = [
  ['reset before it was applied', { kind: 'reset' }],
  ['reset after it was applied', { kind: 'reset', effect: true }],
  ['500 before', { kind: 'answer', status: 500 }],
  ['500 after', { kind: 'answer', status: 500, effect: true }],
  ['502 after', { kind: 'answer', status: 502, effect: true, body: '<html>' }],
  ['504 before', { kind: 'answer', status: 504 }],
  ['no answer, though applied', { kind: 'hang', effect: true }],
  ['cut in the middle of its body', { kind: 'cut-body' }],
  ['stuck in the middle of its body', { kind: 'hang-in-body', bytes: 5 }],
  ['truncated', { kind: 'mangle', how: 'truncated' }],
  ['HTML', { kind: 'mangle', how: 'html' }],
  ['empty', { kind: 'mangle', how: 'empty' }],
  ['of other types', { kind: 'mangle', how: 'wrong-types' }],
]
// A removal is answered without a body, so there is none to spoil.
const bodiless = [
  'truncated',
  'HTML',
  'empty',
  'of other types',
  'cut in the middle of its body',
  'stuck in the middle of its body',
]

const rows = verbs.flatMap((verb) =>
  lost
    .filter(([how]) => verb !== stop || !bodiless.includes(how))
    .map(([how, fault]) => [verb.name, how, verb, fault] as const),
)

describe('[Q5] [matrix 7, 10, 11, 12] an answer that is lost', () => {
  test.each(rows)('%s, %s: is looked up, and changed once', async (_name, _how, verb, fault) => {
    verb.prepare()
    fake.fault({ method: verb.method, path: '/members', fault, times: 1 })
    if (fault.kind.startsWith('hang')) owner.http = member.http = impatient
    expect(await verb.run()).toMatchObject({ state: 'done' })
    expect(verb.isDone()).toBe(true)
    expect(fake.effects()).toHaveLength(1)
    expect(sent(verb.method)).toBeLessThanOrEqual(2)
    expect(sent('GET')).toBe(1)
  })

  test.each(verbs.map((verb) => [verb.name, verb] as const))(
    '%s three times over without effect is a failure that did nothing',
    async (_name, verb) => {
      verb.prepare()
      fake.fault({ method: verb.method, path: '/members', fault: { kind: 'reset' } })
      await expect(verb.run()).rejects.toMatchObject({ code: 'upstream_unavailable', mayHaveActed: false })
      expect([sent(verb.method), fake.effects().length]).toEqual([3, 0])
    },
  )

  test.each(verbs.map((verb) => [verb.name, verb] as const))(
    '%s, applied at the third time, is found',
    async (_name, verb) => {
      verb.prepare()
      fake.fault({ method: verb.method, path: '/members', fault: { kind: 'reset' }, times: 2 })
      fake.fault({ method: verb.method, path: '/members', fault: { kind: 'reset', effect: true } })
      expect(await verb.run()).toMatchObject({ state: 'done' })
      expect([sent(verb.method), fake.effects().length, verb.isDone()]).toEqual([3, 1, true])
    },
  )

  const blind: [string, number, FaultKind, string][] = [
    ['the cloud went away', 3, { kind: 'reset' }, 'upstream_unavailable'],
    ['the cloud breaks', 3, { kind: 'answer', status: 503 }, 'upstream_unavailable'],
    ['the token died', 1, { kind: 'answer', status: 401 }, 'unauthenticated'],
    [
      'the cloud asks to wait',
      1,
      { kind: 'answer', status: 429, headers: { 'Retry-After': '60' } },
      'throttled',
    ],
    ['the cloud answers nonsense', 1, { kind: 'mangle', how: 'html' }, 'upstream_contract'],
  ]
  test.each(
    verbs.flatMap((verb) =>
      blind.map(([why, reads, fault, code]) => [verb.name, why, verb, reads, fault, code] as const),
    ),
  )(
    '%s that cannot be looked up because %s says that it may have happened',
    async (_name, _why, verb, reads, fault, code) => {
      verb.prepare()
      fake.fault({ method: verb.method, path: '/members', fault: { kind: 'reset', effect: true }, times: 1 })
      fake.fault({ method: 'GET', path: '/members', fault })
      await expect(verb.run()).rejects.toMatchObject({ code, mayHaveActed: true })
      expect([sent(verb.method), sent('GET')]).toEqual([1, reads])
      fake.heal()
      expect(await verb.run(true)).toMatchObject({ state: 'done' })
      expect(fake.effects()).toHaveLength(1)
    },
  )

  test('that shows up late is still ours, not somebody else’s', async () => {
    fake.fault({ method: 'POST', path: '/members', fault: { kind: 'reset', effect: true }, times: 1 })
    fake.fault({ method: 'GET', path: '/members', fault: { kind: 'answer', status: 404 }, times: 1 })
    expect(await share.run()).toMatchObject({ state: 'done' })
    expect([sent('POST'), fake.effects().length]).toEqual([2, 1])
  })

  test('at the limit is found before the limit is', async () => {
    fake.cloud.settings.memberQuota = 1
    fake.fault({ method: 'POST', path: '/members', fault: { kind: 'reset', effect: true }, times: 1 })
    expect(await share.run()).toMatchObject({ state: 'done' })
    expect(fake.effects()).toHaveLength(1)
  })
})

describe('a refusal', () => {
  test.each([
    [409, 'conflict'],
    [413, 'member_limit'],
    [403, 'forbidden'],
    [400, 'upstream_refused'],
    [401, 'unauthenticated'],
  ])('%i without any effect is final', async (status, code) => {
    fake.fault({ method: 'POST', path: '/members', fault: { kind: 'answer', status } })
    await expect(share.run()).rejects.toMatchObject({
      code: status === 403 ? 'forbidden' : code,
      mayHaveActed: false,
    })
    expect([sent('POST'), fake.effects().length]).toEqual([1, 0])
  })

  test('to wait too long is passed on with its time', async () => {
    const headers = { 'Retry-After': '120' }
    fake.fault({ method: 'POST', path: '/members', fault: { kind: 'answer', status: 429, headers } })
    const error = await share.run().catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(CloudError)
    expect(error).toMatchObject({ code: 'throttled', retryAfterMs: 120_000, mayHaveActed: false })
    expect(sent('POST')).toBe(1)
  })
})

describe('[Q5] offering again', () => {
  const removed = { method: 'DELETE', path: '/members' }
  const added = { method: 'POST', path: '/members' }
  beforeEach(() => {
    fake.mint({ members: [{ image: imageId, project: 'beta', status: 'rejected' }] })
  })

  test.each<[string, Parameters<FakeCloud['fault']>[0][]]>([
    ['the removal is lost', [{ ...removed, fault: { kind: 'reset', effect: true }, times: 1 }]],
    ['the addition is lost', [{ ...added, fault: { kind: 'reset', effect: true }, times: 1 }]],
    [
      'neither arrives at first',
      [
        { ...removed, fault: { kind: 'reset' }, times: 1 },
        { ...added, fault: { kind: 'reset' }, times: 1 },
      ],
    ],
  ])('removes once and adds once when %s', async (_what, faults) => {
    for (const fault of faults) fake.fault(fault)
    expect(await nativeSharing.offerAgain(owner, pair())).toMatchObject({ state: 'done' })
    expect(fake.members(imageId).get(beta)).toBe('pending')
    expect(fake.effects().map(({ method }) => method)).toEqual(['DELETE', 'POST'])
  })

  test('broken off after a lost addition does not cut access a second time', async () => {
    fake.fault({ ...added, fault: { kind: 'reset', effect: true }, times: 1 })
    fake.fault({ method: 'GET', path: '/members', fault: { kind: 'answer', status: 401 }, after: 1 })
    await expect(nativeSharing.offerAgain(owner, pair())).rejects.toMatchObject({
      code: 'unauthenticated',
      mayHaveActed: true,
    })
    fake.heal()
    expect(await nativeSharing.offerAgain(owner, pair(true))).toMatchObject({ state: 'done' })
    expect(fake.effects()).toHaveLength(2)
  })
})
