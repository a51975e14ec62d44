import { setImmediate as turn } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { MockCloud } from './control-client.ts'
import { type RunningCloud, startMockCloud } from './server.ts'
import { memberPost, signInAs } from './test-calls.ts'

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
  image = await cloud.mintImage({ project: 'alpha', name: 'held' })
})

const post = (member: string, signal?: AbortSignal) => memberPost(running, token, image, member, signal)
const members = async () => (await cloud.image(image)).members.map(({ memberId }) => memberId)

describe('a hold', () => {
  test('before the decision: nothing has happened, then it does', async () => {
    const hold = await cloud.hold({ method: 'POST', path: '/members$' })
    const answer = post('a')
    await hold.waitFor(1)
    expect(await members()).toEqual([])
    expect(await hold.release()).toBe(1)
    expect((await answer).status).toBe(200)
    expect(await members()).toEqual(['a'])
  })

  test('before the answer: it has happened already', async () => {
    const hold = await cloud.hold({ path: '/members$', phase: 'answer' })
    const answer = post('a')
    await hold.waitFor(1)
    expect(await members()).toEqual(['a'])
    await hold.remove()
    expect((await answer).status).toBe(200)
  })

  test('lets the oldest go first, as many as asked for', async () => {
    const hold = await cloud.hold({ path: '/members$' })
    const answers: Promise<Response>[] = []
    for (const member of ['a', 'b', 'c']) {
      answers.push(post(member))
      await hold.waitFor(answers.length)
    }
    expect(await hold.release(2)).toBe(2)
    await Promise.all(answers.slice(0, 2))
    expect(await members()).toEqual(['a', 'b'])
    expect(await hold.waiting()).toBe(1)
    await hold.remove()
    await answers[2]
  })

  test('holds as many as it was told, and only for its project and member', async () => {
    const hold = await cloud.hold({ path: '/members$', member: 'a', times: 1 })
    expect((await post('b')).status).toBe(200)
    const answer = post('a')
    await hold.waitFor(1)
    expect((await post('a')).status).toBe(200)
    await hold.remove()
    expect((await answer).status).toBe(409)
  })
})

describe('a client that leaves a held call', () => {
  test.each([
    ['request', []],
    ['answer', ['a']],
  ] as const)('in phase %s leaves members %j', async (phase, left) => {
    const hold = await cloud.hold({ path: '/members$', phase })
    const leaving = new AbortController()
    const answer = post('a', leaving.signal)
    await hold.waitFor(1)
    leaving.abort()
    await expect(answer).rejects.toThrow()
    while ((await hold.waiting()) > 0) await turn()
    await hold.remove()
    expect(await members()).toEqual(left)
    const [call] = (await cloud.ledger({ method: 'POST', path: '/members$' })).calls
    expect(call).toMatchObject({ status: null, changed: phase === 'answer', member: 'a' })
  })
})

test('a reset drops what is held', async () => {
  const hold = await cloud.hold({ path: '/members$' })
  const answer = post('a')
  await hold.waitFor(1)
  await cloud.reset('facts')
  await expect(answer).rejects.toThrow()
  expect((await cloud.ledger()).calls).toEqual([])
})
