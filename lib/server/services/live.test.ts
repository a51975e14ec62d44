import { EventEmitter } from 'node:events'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { JobChange } from '../bus'
import type { SessionContext } from '../context'
import { FakeClock } from '../testing/fake-clock'
import { openLiveStream } from './live'

const second = 1_000
let changes: EventEmitter
let row: { lastSeenAt: Date; endsAt: Date } | null
let closing: AbortController
let gone: AbortController
const clock = new FakeClock()

beforeEach(() => {
  vi.useFakeTimers()
  changes = new EventEmitter()
  closing = new AbortController()
  gone = new AbortController()
  row = { lastSeenAt: new Date(clock.now()), endsAt: new Date(clock.now() + 3_600 * second) }
})
afterEach(() => {
  vi.useRealTimers()
})

/** Opens a stream over a store that holds one session row, and gathers what it says. */
function opened() {
  const select = () => ({ from: () => ({ where: async () => (row ? [row] : []) }) })
  const ctx = {
    runtime: {
      clock,
      store: { db: { select } },
      closing: closing.signal,
      bus: {
        hear(listener: (change: JobChange) => void) {
          changes.on('change', listener)
          return () => changes.off('change', listener)
        },
      },
    },
    session: { idHash: 'h', cloud: 'openstack', projects: [{ id: 'mine' }] },
    signal: gone.signal,
  } as unknown as SessionContext
  const reader = openLiveStream(ctx).getReader()
  const said = { text: '', ended: false }
  const read = async () => {
    for (let part = await reader.read(); !part.done; part = await reader.read())
      said.text += new TextDecoder().decode(part.value)
    said.ended = true
  }
  void read()
  return said
}
const change = (more: Partial<JobChange> = {}) =>
  changes.emit('change', {
    jobId: 'j1',
    cloud: 'openstack',
    projectId: 'mine',
    revision: 3,
    finished: false,
    ...more,
  })
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms)

describe('[L3] an event stream', () => {
  test('says that it is there, what changed, and that it is still there', async () => {
    const said = opened()
    change()
    await pass(15 * second)
    expect(said.text).toBe(
      'retry: 2000\n: connected\n\n' +
        'data: {"type":"job","id":"j1","revision":3,"finished":false}\n\n' +
        ': still here\n\n',
    )
  })

  test('says nothing of other projects and other clouds', async () => {
    const said = opened()
    change({ projectId: 'theirs' })
    change({ cloud: 'other' })
    await pass(second)
    expect(said.text).not.toContain('data:')
  })

  test.each<[string, () => void]>([
    ['was ended', () => (row = null)],
    ['ended for lack of use', () => row?.lastSeenAt.setTime(clock.now() - 31 * 60 * second)],
    ['came to its end', () => row?.endsAt.setTime(clock.now())],
  ])('ends within five seconds when the session %s, and says so', async (_how, end) => {
    const said = opened()
    await pass(5 * second)
    expect(said.ended).toBe(false)
    end()
    await pass(5 * second)
    expect(said.text).toMatch(/data: \{"type":"signed-out"\}\n\n$/)
    expect([said.ended, changes.listenerCount('change')]).toEqual([true, 0])
  })

  test.each<[string, () => void]>([
    ['the browser goes', () => gone.abort()],
    ['the process goes down', () => closing.abort()],
  ])('ends when %s, and leaves nothing running', async (_who, leave) => {
    const said = opened()
    leave()
    await pass(0)
    expect([said.ended, changes.listenerCount('change'), vi.getTimerCount()]).toEqual([true, 0, 0])
    change()
    await pass(20 * second)
    expect(said.text).not.toContain('data:')
  })
})
