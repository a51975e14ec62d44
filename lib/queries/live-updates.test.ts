import { QueryClient } from '@tanstack/react-query'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { LiveEvent } from '../contracts/events'
import { jobs } from './jobs'
import { isLive } from './live-state'
import { openLiveUpdates } from './live-updates'

/** The browser's event source, driven by a test. */
class FakeSource {
  static readonly CLOSED = 2
  static last: FakeSource | undefined
  readyState = 0
  onopen = () => {}
  onerror = () => {}
  onmessage = (_message: { data: string }) => {}

  constructor() {
    FakeSource.last = this
  }

  close() {
    this.readyState = FakeSource.CLOSED
  }
}

let client: QueryClient
let reads: (readonly unknown[])[]
let close: () => void
const source = () => FakeSource.last ?? expect.fail('no stream was opened')
const hear = (event: LiveEvent) => source().onmessage({ data: JSON.stringify(event) })
const change = (id: string, revision: number, finished = false) =>
  hear({ type: 'job', id, revision, finished })
const detail = (id: string) => jobs.detail(id).queryKey

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('EventSource', FakeSource)
  vi.stubGlobal('BroadcastChannel', undefined)
  vi.stubGlobal('navigator', {})
  client = new QueryClient()
  reads = []
  vi.spyOn(client, 'invalidateQueries').mockImplementation(async (filter) => {
    reads.push(filter?.queryKey ?? [])
  })
  vi.spyOn(client, 'fetchQuery').mockImplementation(async ({ queryKey }) => {
    reads.push(['now', ...queryKey])
    return undefined as never
  })
  close = openLiveUpdates(client)
})
afterEach(() => {
  close()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const wait = () => vi.advanceTimersByTimeAsync(400)
const readsOf = (id: string) =>
  reads.filter((key) => JSON.stringify(key) === JSON.stringify(detail(id))).length

describe('events', () => {
  test('make one read of a job out of many changes, after the last of them', async () => {
    for (let revision = 1; revision <= 30; revision += 1) change('j1', revision)
    expect(reads).toEqual([])
    await wait()
    expect(readsOf('j1')).toBe(1)
    change('j1', 31)
    await wait()
    expect(readsOf('j1')).toBe(2)
  })

  test('of several jobs are read each, the list once', async () => {
    change('j1', 1)
    change('j2', 1)
    await wait()
    expect([readsOf('j1'), readsOf('j2')]).toEqual([1, 1])
    expect(reads.filter((key) => `${key}` === `${jobs.list().queryKey}`)).toHaveLength(1)
  })

  test('that tell nothing new are not read', async () => {
    client.setQueryData(detail('j1'), { revision: 7 } as never)
    change('j1', 6)
    change('j1', 7)
    await wait()
    expect(reads).toEqual([])
    change('j1', 8)
    await wait()
    expect(readsOf('j1')).toBe(1)
  })

  test('of an end are read even where nobody looks at the job', async () => {
    change('j1', 1, true)
    change('j1', 2, false)
    await wait()
    expect(reads).toContainEqual(['now', ...detail('j1')])
  })

  test('of a sign-out ask whether it is so', () => {
    hear({ type: 'signed-out' })
    expect(reads).toEqual([['now', 'session']])
  })
})

describe('[Q12] the stream', () => {
  test('is live from its opening to its break', () => {
    expect(isLive()).toBe(false)
    source().onopen()
    expect([isLive(), reads]).toEqual([true, []])
    source().onerror()
    expect(isLive()).toBe(false)
  })

  test('that comes back makes everything of the jobs stale: what was told meanwhile is missed', () => {
    source().onopen()
    source().onerror()
    source().onopen()
    expect(reads).toEqual([jobs.all()])
  })

  test('is closed with the page', () => {
    source().onopen()
    close()
    expect([isLive(), source().readyState]).toEqual([false, FakeSource.CLOSED])
  })
})
