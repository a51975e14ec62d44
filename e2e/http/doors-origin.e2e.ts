import { expect } from 'playwright/test'
import { ask } from '../tools/raw-http.ts'
import { test } from './fixtures.ts'
import { openPaths, protectedUrls } from './protected-urls.ts'

const probes = ['/healthz', '/readyz']

test('R5: another Host is answered 421 and told which setting names this dashboard', async ({
  house,
  own,
}) => {
  const { pages, handlers } = protectedUrls(own)
  const port = house.dashboard.port
  const hosts = [
    'evil.test',
    `evil.test:${port}`,
    'localhost',
    `127.0.0.1:${port}`,
    `localhost:${port}.evil.test`,
  ]
  for (const { path, query } of [...pages, ...handlers, { path: '/sign-in', query: '' }]) {
    for (const host of hosts) {
      const answer = await ask(house.dashboard, path + query, { headers: { host, cookie: own.cookie } })
      expect.soft(answer.status, `${path} as ${host}`).toBe(421)
      expect.soft(answer.text).toContain('SHAREBOARD_PUBLIC_ORIGIN')
      expect.soft(answer.text).toContain(house.dashboard.origin)
      expect.soft(answer.text).not.toContain(own.mark)
    }
  }
})

test('R5: what a proxy says of the host changes nothing', async ({ house, own }) => {
  const forwarded = {
    'x-forwarded-host': 'evil.test',
    forwarded: 'host=evil.test',
    'x-forwarded-proto': 'https',
  }
  const { cookie } = own
  for (const path of ['/sign-in', '/jobs', '/', '/api/session']) {
    const plain = await ask(house.dashboard, path, { headers: { cookie } })
    const answer = await ask(house.dashboard, path, { headers: { cookie, ...forwarded } })
    expect
      .soft([answer.status, answer.headers.location], path)
      .toEqual([plain.status, plain.headers.location])
    expect.soft(JSON.stringify(answer.headers) + answer.text, path).not.toContain('evil.test')
  }
  const refused = await ask(house.dashboard, '/jobs', {
    headers: { host: 'evil.test', 'x-forwarded-host': new URL(house.dashboard.origin).host, cookie },
  })
  expect(refused.status).toBe(421)
})

test('L9: probes know no host, and say ok and nothing else to whomever', async ({ house }) => {
  for (const path of probes) {
    for (const headers of [{ host: '10.0.0.1:3000' }, { 'user-agent': 'kube-probe/1.31' }] as Record<
      string,
      string
    >[]) {
      const answer = await ask(house.dashboard, `${path}?verbose=1`, { headers })
      expect.soft([answer.status, answer.text]).toEqual([200, 'ok'])
    }
  }
})

test('R1, R2: whatever is neither a read nor an action is refused everywhere', async ({ house, own }) => {
  const { pages, handlers } = protectedUrls(own)
  const { last } = await house.cloud.ledger()
  const paths = [...[...pages, ...handlers].map(({ path, query }) => path + query), ...openPaths, '/nothing']
  for (const path of paths) {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND']) {
      const headers = {
        cookie: own.cookie,
        origin: house.dashboard.origin,
        'access-control-request-method': 'PUT',
      }
      const answer = await ask(house.dashboard, path, { method, headers })
      expect.soft(answer.status, `${method} ${path}`).toBe(405)
      expect
        .soft(Object.keys(answer.headers).filter((name) => name.startsWith('access-control-')))
        .toEqual([])
      expect.soft(answer.text, `${method} ${path}`).not.toContain(own.mark)
    }
  }
  const { calls } = await house.cloud.ledger({ since: last, service: 'image' })
  expect(calls).toEqual([])
})

test('R1: forms of other sites are refused, whatever they call themselves', async ({ house, own }) => {
  const form = 'multipart/form-data; boundary=x'
  const types = ['application/x-www-form-urlencoded', form, 'text/plain', 'application/json']
  for (const type of types) {
    for (const action of [null, 'x', '0'.repeat(42)]) {
      for (const origin of [null, 'null', 'https://evil.test']) {
        const headers: Record<string, string> = {
          cookie: own.cookie,
          'content-type': type,
          ...(action ? { 'next-action': action } : {}),
          ...(origin ? { origin } : {}),
        }
        const body = '--x\r\nContent-Disposition: form-data; name="$ACTION_ID_x"\r\n\r\n\r\n--x--\r\n'
        const answer = await ask(house.dashboard, '/jobs', { method: 'POST', headers, body })
        expect.soft(answer.status, `${type} ${action} ${origin}`).toBe(action ? 403 : 405)
      }
    }
  }
})

test('R6: no answer allows another origin to read it', async ({ house, own }) => {
  const { pages, handlers } = protectedUrls(own)
  for (const { path, query } of [...pages, ...handlers]) {
    const headers = { cookie: own.cookie, origin: 'https://evil.test' }
    const answer = await ask(house.dashboard, path + query, { headers })
    expect.soft(Object.keys(answer.headers).filter((name) => name.startsWith('access-control-'))).toEqual([])
  }
})

test('an action of another build is refused, and nothing runs', async ({ house, own }) => {
  const headers = { cookie: own.cookie, 'next-action': '7f'.padEnd(42, '0'), origin: house.dashboard.origin }
  const answer = await ask(house.dashboard, '/jobs', { method: 'POST', headers, body: '[{}]' })
  expect([404, 409]).toContain(answer.status)
  expect(answer.text).not.toContain(own.mark)
})
