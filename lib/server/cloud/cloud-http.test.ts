import { afterEach, describe, expect, test } from 'vitest'
import type { ErrorCode } from '../../contracts/errors'
import type { Clock } from '../clock'
import { reply, type Script, type ScriptedServer, startScripted } from '../testing/scripted-server'
import { CloudError } from './cloud-error'
import { type CloudRequest, createCloudHttp } from './cloud-http'

type Retry = CloudRequest['retry']
const methods = { read: 'GET', write: 'POST', once: 'POST' } as const

const open: { stop(): Promise<void> }[] = []
afterEach(async () => {
  for (const { stop } of open.splice(0)) await stop()
})

/** A client whose waits take no time and are noted, and a server that follows a script. */
async function between(script: Script) {
  const server = await startScripted(script)
  const waits: number[] = []
  const clock: Clock = {
    now: () => Date.UTC(2026, 10, 20, 12),
    sleep: async (ms) => {
      waits.push(ms)
    },
  }
  const asked: number[] = []
  const jitterMs = (max: number) => {
    asked.push(max)
    return max / 2
  }
  const http = createCloudHttp(
    { ca: null },
    { clock, chance: { uuid: () => '', bytes: Buffer.alloc, jitterMs } },
  )
  open.push({
    async stop() {
      await server.stop()
      await http.close()
    },
  })
  const send = (retry: Retry, more: Partial<CloudRequest> = {}) =>
    http.send({ method: methods[retry], url: `${server.url}/v2/images`, retry, ...more })
  const fails = async (retry: Retry, more: Partial<CloudRequest> = {}): Promise<CloudError> => {
    const error = await send(retry, more).catch((thrown: unknown) => thrown)
    if (!(error instanceof CloudError)) throw new Error(`no CloudError: ${String(error)}`)
    return error
  }
  return { server, waits, asked, send, fails }
}

const calls = ({ requests }: ScriptedServer) => requests.length

describe('[Q1] an answer of the cloud', () => {
  const passing: [number, ErrorCode][] = [
    [408, 'timeout'],
    [425, 'upstream_refused'],
    [429, 'throttled'],
  ]
  const broken = [500, 502, 503, 504]
  const final: [number, ErrorCode][] = [
    [400, 'upstream_refused'],
    [401, 'unauthenticated'],
    [403, 'forbidden'],
    [404, 'not_found'],
    [405, 'upstream_refused'],
    [409, 'conflict'],
    [410, 'upstream_refused'],
    [413, 'member_limit'],
    [422, 'upstream_refused'],
    [301, 'upstream_refused'],
    [304, 'upstream_refused'],
    [501, 'upstream_unavailable'],
  ]
  const rows: [number, Retry, number, ErrorCode][] = [
    ...passing.flatMap(([status, code]): [number, Retry, number, ErrorCode][] => [
      [status, 'read', 3, code],
      [status, 'write', 3, code],
      [status, 'once', 1, code],
    ]),
    ...broken.flatMap((status): [number, Retry, number, ErrorCode][] => [
      [status, 'read', 3, 'upstream_unavailable'],
      // It may have written before it broke.
      [status, 'write', 1, 'outcome_unknown'],
      [status, 'once', 1, 'upstream_unavailable'],
    ]),
    ...final.flatMap(([status, code]): [number, Retry, number, ErrorCode][] => [
      [status, 'read', 1, code],
      [status, 'write', 1, status === 501 ? 'outcome_unknown' : code],
      [status, 'once', 1, code],
    ]),
  ]

  test.each(rows)('%i to a %s: asked %i times, then %s', async (status, retry, times, code) => {
    const { server, fails } = await between((response) =>
      reply(response, status, '<html>no</html>', { 'x-openstack-request-id': 'req-up' }),
    )
    expect(await fails(retry)).toMatchObject({ code, status, upstreamRequestId: 'req-up' })
    expect(calls(server)).toBe(times)
  })

  test('of a verb’s own table goes before the common one', async () => {
    const { fails } = await between((response) => reply(response, 404))
    expect(await fails('read', { codes: { 404: 'image_not_found' } })).toMatchObject({
      code: 'image_not_found',
    })
  })

  test('that comes good at the third time is the answer', async () => {
    const { server, asked, waits, send } = await between((response, _request, count) =>
      count < 3 ? reply(response, 503) : reply(response, 200, { images: [] }),
    )
    expect((await send('read')).json).toEqual({ images: [] })
    expect(calls(server)).toBe(3)
    expect(asked).toEqual([400, 800])
    expect(waits).toEqual([200, 400])
  })

  test('[U10] gives nothing of its text but the number of a limit', async () => {
    const { fails } = await between((response) =>
      reply(response, 413, { message: '<b>limit</b> for alice. Attempted: 129, Maximum: 128:' }),
    )
    const error = await fails('write')
    expect(error.values).toEqual({ limit: 128 })
    expect(`${error.message} ${JSON.stringify(error)}`).not.toMatch(/alice|<b>/)
  })

  test('carries a request id only as long as one is', async () => {
    const { fails } = await between((response) =>
      reply(response, 403, {}, { 'x-request-id': 'r'.repeat(4_000) }),
    )
    expect((await fails('read')).upstreamRequestId).toHaveLength(128)
  })
})

describe('[Q2] Retry-After', () => {
  const asking =
    (status: number, after: string): Script =>
    (response, _request, count) =>
      count === 1 ? reply(response, status, {}, { 'retry-after': after }) : reply(response, 200)

  test.each<[number, Retry, string, number]>([
    [429, 'read', '2', 2_000],
    [429, 'write', '2', 2_000],
    [429, 'write', '0', 0],
    [503, 'read', '5', 5_000],
    // Who says when to come back has done nothing.
    [503, 'write', '3', 3_000],
    [429, 'read', 'Fri, 20 Nov 2026 12:00:04 GMT', 4_000],
  ])('of %i to a %s is kept: %s', async (status, retry, after, ms) => {
    const { server, waits, asked, send } = await between(asking(status, after))
    expect((await send(retry)).status).toBe(200)
    expect(waits).toEqual([ms])
    expect(asked).toEqual([])
    expect(calls(server)).toBe(2)
  })

  test.each<[number, Retry, string, ErrorCode, number]>([
    [429, 'read', '6', 'throttled', 6_000],
    [429, 'write', '86400', 'throttled', 900_000],
    [503, 'read', '60', 'upstream_unavailable', 60_000],
    [503, 'write', '60', 'upstream_unavailable', 60_000],
  ])('of %i to a %s too long to wait here is told at once: %s', async (status, retry, after, code, ms) => {
    const { server, waits, fails } = await between(asking(status, after))
    expect(await fails(retry)).toMatchObject({ code, retryAfterMs: ms })
    expect([calls(server), waits]).toEqual([1, []])
  })

  test.each([['soon'], ['-5'], ['']])('that says nothing ("%s") leaves our own waiting', async (after) => {
    const { waits, send } = await between(asking(429, after))
    await send('read')
    expect(waits).toEqual([200])
  })

  test('of a server that broke is no promise that nothing was written', async () => {
    const { server, fails } = await between(asking(500, '1'))
    expect(await fails('write')).toMatchObject({ code: 'outcome_unknown' })
    expect(calls(server)).toBe(1)
  })
})

describe('[Q1] a connection that breaks', () => {
  const cuts: [string, Script][] = [
    ['before an answer', (response) => response.socket?.resetAndDestroy()],
    [
      'in the middle of the body',
      (response) => {
        response.writeHead(200, { 'content-length': '100' })
        response.write('{"images": [', () => response.socket?.destroy())
      },
    ],
  ]
  test.each(
    cuts.flatMap(([when, script]) => [
      [when, 'read', 3, 'upstream_unavailable', script] as const,
      [when, 'write', 1, 'outcome_unknown', script] as const,
      [when, 'once', 1, 'upstream_unavailable', script] as const,
    ]),
  )('%s of a %s: sent %i times, then %s', async (_when, retry, times, code, script) => {
    const { server, fails } = await between(script)
    expect(await fails(retry)).toMatchObject({ code, status: null })
    expect(calls(server)).toBe(times)
  })

  test('that is never made did nothing, so a write is tried again too', async () => {
    const { server, waits, fails } = await between((response) => reply(response, 200))
    await server.stop()
    for (const retry of ['read', 'write'] as const) {
      waits.length = 0
      expect(await fails(retry)).toMatchObject({ code: 'upstream_unavailable' })
      expect(waits).toHaveLength(2)
    }
  })
})

describe('a call that its caller gives up', () => {
  test('is not repeated and ends with the caller’s own reason', async () => {
    const given = new AbortController()
    const { server, send } = await between(() => given.abort(new Error('the browser left')))
    await expect(send('read', { signal: given.signal })).rejects.toThrow('the browser left')
    expect(calls(server)).toBe(1)
  })

  test('before it began is not sent', async () => {
    const { server, send } = await between((response) => reply(response, 200))
    await expect(send('read', { signal: AbortSignal.abort(new Error('left')) })).rejects.toThrow('left')
    expect(calls(server)).toBe(0)
  })
})
