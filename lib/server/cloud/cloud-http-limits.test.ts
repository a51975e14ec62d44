import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { rootCertificates } from 'node:tls'
import { afterEach, describe, expect, test } from 'vitest'
import { systemClock } from '../clock'
import { reply, type Script, startScripted } from '../testing/scripted-server'
import { hastyChance } from '../testing/seeded-chance'
import { selfSigned } from '../testing/self-signed'
import { type CloudRequest, createCloudHttp } from './cloud-http'
import { type Limits, limits } from './limits'

const open: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const stop of open.splice(0).reverse()) await stop()
})

async function server(script: Script, tls?: { key: string; cert: string }) {
  const started = await startScripted(script, tls)
  open.push(started.stop)
  return started
}

function client(some: Partial<Limits> = {}, ca: string[] | null = null) {
  const http = createCloudHttp(
    { ca },
    { clock: systemClock, chance: hastyChance, limits: { ...limits, ...some } },
  )
  open.push(() => http.close())
  return http
}

const read = (url: string): CloudRequest => ({ method: 'GET', url, retry: 'read' })
const write = (url: string): CloudRequest => ({ method: 'POST', url, retry: 'write', body: {} })

describe('[U6] a cloud that is slow', () => {
  const slow: [string, Partial<Limits>, Script][] = [
    ['with its headers', { headersMs: 40 }, () => {}],
    [
      'with its body',
      { bodyIdleMs: 40 },
      (response) => {
        response.writeHead(200)
        response.write('{')
      },
    ],
    [
      'in all, drop by drop',
      { totalMs: 120, bodyIdleMs: 60 },
      (response) => {
        response.writeHead(200)
        const drip = setInterval(() => response.write(' '), 10)
        response.on('close', () => clearInterval(drip))
      },
    ],
  ]

  test.each(slow)('%s is cut off, and a write is left unknown', async (_how, some, script) => {
    const { url } = await server(script)
    // undici counts its timeouts in steps of a second, so both wait side by side and once.
    const http = client({ ...some, attempts: 1 })
    const ends = await Promise.allSettled([http.send(read(url)), http.send(write(url))])
    expect(ends).toMatchObject([{ reason: { code: 'timeout' } }, { reason: { code: 'outcome_unknown' } }])
  })

  test('is asked again by a read and not by a write', async () => {
    const { url } = await server(() => {})
    let repeats = 0
    const jitterMs = () => {
      repeats += 1
      return 0
    }
    const chance = { ...hastyChance, jitterMs }
    const http = createCloudHttp(
      { ca: null },
      { clock: systemClock, chance, limits: { ...limits, totalMs: 50 } },
    )
    open.push(() => http.close())
    await expect(http.send(read(url))).rejects.toMatchObject({ code: 'timeout' })
    expect(repeats).toBe(2)
    await expect(http.send(write(url))).rejects.toMatchObject({ code: 'outcome_unknown' })
    expect(repeats).toBe(2)
  })

  test('may be waited for longer where a call says so, and shorter', async () => {
    const { url } = await server(() => {})
    await expect(client().send({ ...read(url), retry: 'once', timeoutMs: 50 })).rejects.toMatchObject({
      code: 'timeout',
    })
  })

  test('to connect did nothing, so a write is tried again', async () => {
    let tries = 0
    const silent = createServer(() => {
      tries += 1
    }).listen(0, '127.0.0.1')
    await once(silent, 'listening')
    open.push(async () => {
      silent.close()
    })
    const url = `https://127.0.0.1:${(silent.address() as AddressInfo).port}`
    await expect(client({ connectMs: 60, attempts: 2 }).send(write(url))).rejects.toMatchObject({
      code: 'upstream_unavailable',
    })
    expect(tries).toBe(2)
  })
})

describe('[U6] an answer', () => {
  test('longer than we take is not read to its end', async () => {
    let sent = 0
    const { url, requests } = await server((response) => {
      response.writeHead(200)
      const pump = () => {
        while (!response.destroyed && response.write('x'.repeat(65_536))) sent += 65_536
      }
      response.on('drain', pump)
      pump()
    })
    await expect(client({ bodyBytes: 100_000 }).send(read(url))).rejects.toMatchObject({
      code: 'upstream_contract',
    })
    expect(requests).toHaveLength(1)
    expect(sent).toBeLessThan(20_000_000)
  })

  test('too long after a write says nothing about the write', async () => {
    const { url } = await server((response) => reply(response, 200, 'x'.repeat(2_000)))
    await expect(client({ bodyBytes: 1_000 }).send(write(url))).rejects.toMatchObject({
      code: 'outcome_unknown',
    })
  })

  test('too long beside a refusal is still that refusal', async () => {
    const { url } = await server((response) => reply(response, 403, 'x'.repeat(2_000)))
    await expect(client({ bodyBytes: 1_000 }).send(read(url))).rejects.toMatchObject({ code: 'forbidden' })
  })

  const spoilt: [string, string][] = [
    ['truncated', '{"images": [{"id": '],
    ['HTML', '<html><body>Welcome</body></html>'],
    ['after a byte order mark', '\ufeff{"images": []}'],
    ['nested without end', '['.repeat(2_000_000)],
  ]
  test.each(spoilt)('%s is none, and asking again would not mend it', async (_how, body) => {
    const { url, requests } = await server((response) => reply(response, 200, body))
    await expect(client().send(read(url))).rejects.toMatchObject({ code: 'upstream_contract' })
    await expect(client().send(write(url))).rejects.toMatchObject({ code: 'outcome_unknown' })
    expect(requests).toHaveLength(2)
  })

  test('that is empty is told apart from one that is broken', async () => {
    const { url } = await server((response, _request, count) => reply(response, count === 1 ? 204 : 200, ''))
    expect((await client().send(read(url))).json).toBeNull()
    expect((await client().send(read(url))).json).toBeNull()
  })

  test('[row 25] may have 60 kB of headers, one of them a token of 20 kB, and no more than 64 kB', async () => {
    const token = 'MII'.padEnd(20_000, 'x')
    const { url, requests } = await server((response, _request, count) => {
      const filling = Object.fromEntries(
        Array.from({ length: count === 1 ? 40 : 60 }, (_, at) => [`x-filling-${at}`, 'y'.repeat(1_000)]),
      )
      reply(response, 201, {}, { 'x-subject-token': token, ...filling })
    })
    const http = client()
    expect((await http.send({ ...write(url), token })).headers['x-subject-token']).toBe(token)
    expect(requests[0]?.headers['x-auth-token']).toBe(token)
    await expect(http.send(read(url))).rejects.toMatchObject({ code: 'upstream_contract' })
    await expect(http.send(write(url))).rejects.toMatchObject({ code: 'outcome_unknown' })
    expect(requests).toHaveLength(3)
  })
})

describe('[U2] a redirect', () => {
  test.each([301, 302, 303, 307, 308])(
    '%i is an error, and nobody else hears of the token',
    async (status) => {
      const canary = await server((response) => reply(response, 200))
      const { url, requests } = await server((response) =>
        reply(response, status, '', { location: `${canary.url}/v2/images` }),
      )
      const http = client()
      for (const call of [read(url), write(url)]) {
        await expect(http.send({ ...call, token: 'canary' })).rejects.toMatchObject({
          code: 'upstream_refused',
          status,
        })
      }
      expect(requests).toHaveLength(2)
      expect(canary.connections()).toBe(0)
    },
  )
})

describe('connections', () => {
  test('are used again', async () => {
    const { url, requests, connections } = await server((response) => reply(response, 200))
    const http = client()
    for (let call = 0; call < 20; call += 1) await http.send(read(url))
    expect(requests).toHaveLength(20)
    expect(connections()).toBeLessThanOrEqual(2)
  })

  test('[Q3] are so many at once and no more', async () => {
    const all = 5 * limits.connections
    const held: ServerResponse[] = []
    const { url, requests, connections } = await server((response, _request, count) => {
      held.push(response)
      // Nobody is answered before as many are here as may be.
      if (held.length === limits.connections || count === all)
        for (const one of held.splice(0)) reply(one, 200)
    })
    const http = client()
    await Promise.all(Array.from({ length: all }, () => http.send(read(url))))
    expect(requests).toHaveLength(all)
    expect(connections()).toBe(limits.connections)
  })
})

describe('[U5] a certificate', () => {
  test('that nobody vouches for is refused before anything is sent', async () => {
    const { url, requests } = await server((response) => reply(response, 200), selfSigned())
    for (const call of [read(url), write(url)]) {
      await expect(client().send({ ...call, token: 'canary' })).rejects.toMatchObject({
        code: 'upstream_unavailable',
      })
    }
    expect(requests).toHaveLength(0)
  })

  test('of the configuration is believed', async () => {
    const own = selfSigned()
    const { url } = await server((response) => reply(response, 200, { ok: 1 }), own)
    expect((await client({}, [...rootCertificates, own.cert]).send(read(url))).json).toEqual({ ok: 1 })
  })
})
