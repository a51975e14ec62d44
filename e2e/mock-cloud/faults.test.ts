import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { MockCloud } from './control-client.ts'
import type { FaultKind } from './faults.ts'
import { type RunningCloud, startMockCloud } from './server.ts'
import { askImages, memberPost, signInAs } from './test-calls.ts'

let running: RunningCloud
let cloud: MockCloud
let token: string
let image: string

beforeAll(async () => {
  running = await startMockCloud({ seed: 'facts' })
  cloud = new MockCloud(running.controlUrl)
})

afterAll(async () => {
  await running.stop()
})

beforeEach(async () => {
  await cloud.reset('facts')
  token = await signInAs(running, 'alice', 'alpha')
  image = await cloud.mintImage({ project: 'alpha', name: 'faulty' })
})

const path = '/members$'
const post = () => memberPost(running, token, image, 'a')
const list = (query = '') => askImages(running, token, `/v2/images${query}`)
const members = async () => (await cloud.image(image)).members.map(({ memberId }) => memberId)

describe('an answer instead of the real one', () => {
  test('comes as often as asked for, after so many calls', async () => {
    const fault: FaultKind = { kind: 'answer', status: 429, headers: { 'Retry-After': '2' } }
    await cloud.fault({ path: '^/v2/images$', fault, times: 2, after: 1 })
    const answers = [await list(), await list(), await list(), await list()]
    expect(answers.map(({ status }) => status)).toEqual([200, 429, 429, 200])
    expect(answers[1]?.headers.get('Retry-After')).toBe('2')
  })

  test.each([
    [false, []],
    [true, ['a']],
  ])('with effect %s leaves members %j', async (effect, left) => {
    const id = await cloud.fault({
      path,
      fault: { kind: 'answer', status: 502, body: '<h1>no</h1>', effect },
    })
    const answer = await post()
    expect([answer.status, answer.headers.get('Content-Type')]).toEqual([502, 'text/html; charset=UTF-8'])
    expect(await members()).toEqual(left)
    const [call] = (await cloud.ledger({ path })).calls
    expect(call).toMatchObject({ status: 502, changed: effect, heldOrFaulted: [id] })
  })

  test('redirects', async () => {
    const headers = { Location: 'http://127.0.0.1:9/' }
    await cloud.fault({ path: '^/v2/images$', fault: { kind: 'answer', status: 307, headers } })
    const answer = await askImages(running, token, '/v2/images', { redirect: 'manual' })
    expect([answer.status, answer.headers.get('Location')]).toEqual([307, 'http://127.0.0.1:9/'])
  })
})

describe('a lost connection', () => {
  test.each([
    [{ kind: 'reset' }, []],
    [{ kind: 'reset', effect: true }, ['a']],
    [{ kind: 'cut-body' }, ['a']],
  ] as const)('%j leaves members %j', async (fault, left) => {
    await cloud.fault({ path, fault })
    await expect(post().then((answer) => answer.text())).rejects.toThrow()
    expect(await members()).toEqual(left)
  })

  test.each([
    [{ kind: 'hang' }, []],
    [{ kind: 'hang', effect: true }, ['a']],
    [{ kind: 'hang-in-body', bytes: 5 }, ['a']],
  ] as const)('%j ends when the client gives up, and leaves members %j', async (fault, left) => {
    await cloud.fault({ path, fault })
    const leaving = new AbortController()
    const answer = memberPost(running, token, image, 'a', leaving.signal).then((reply) => reply.text())
    await cloud.waitForCalls({ path }, 1)
    leaving.abort()
    await expect(answer).rejects.toThrow()
    expect(await members()).toEqual(left)
  })

  test('a slow answer is the right one in the end', async () => {
    await cloud.fault({ path, fault: { kind: 'drip', bytes: 40, everyMs: 1 } })
    expect(await (await post()).json()).toMatchObject({ member_id: 'a' })
  })
})

describe('a spoilt body', () => {
  const spoil = async (how: Extract<FaultKind, { kind: 'mangle' }>['how'], bytes?: number) => {
    await cloud.fault({ path, fault: { kind: 'mangle', how, bytes } })
    const answer = await post()
    expect(answer.status).toBe(200)
    return Buffer.from(await answer.arrayBuffer())
  }

  test('is cut short', async () => {
    const cut = (await spoil('truncated')).toString()
    expect(cut).toMatch(/^\{"member_id"/)
    expect(() => JSON.parse(cut)).toThrow()
  })

  test('is empty', async () => {
    expect(await spoil('empty')).toHaveLength(0)
  })

  test('is HTML', async () => {
    expect((await spoil('html')).toString()).toMatch(/^<html>/)
  })

  test('has wrong types', async () => {
    expect(JSON.parse((await spoil('wrong-types')).toString())).toMatchObject({ member_id: 1, status: 7 })
  })

  test('begins with a byte order mark', async () => {
    expect((await spoil('bom')).subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]))
  })

  test('is not UTF-8', async () => {
    const body = await spoil('invalid-utf8')
    expect(() => new TextDecoder('utf-8', { fatal: true }).decode(body)).toThrow()
  })

  test.each(['oversize', 'gzip-bomb'] as const)('is too large: %s', async (how) => {
    expect((await spoil(how, 300_000)).length).toBeGreaterThan(300_000)
  })
})

describe('links to the next page', () => {
  test('lead back to the same page', async () => {
    await cloud.fault({ path: '^/v2/images$', fault: { kind: 'next-link', how: 'loop' } })
    const page = (await (await list('?limit=2&sort=name:asc')).json()) as { next: string; images: unknown[] }
    expect(page.next).toBe('/v2/images?limit=2&sort=name:asc')
    const again = (await (await list(page.next.slice('/v2/images'.length))).json()) as typeof page
    expect(again.images).toEqual(page.images)
  })

  test('lead to another host', async () => {
    const fault: FaultKind = { kind: 'next-link', how: 'absolute', origin: 'http://169.254.169.254' }
    await cloud.fault({ path: '^/v2/images$', fault })
    const page = (await (await list('?limit=2')).json()) as { next: string }
    expect(page.next).toMatch(/^http:\/\/169\.254\.169\.254\/v2\/images\?limit=2&marker=/)
  })
})
