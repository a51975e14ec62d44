import { expect } from 'playwright/test'
import { callAction } from '../tools/action-client.ts'
import { startDashboard } from '../tools/dashboard.ts'
import { type Address, type Answer, ask } from '../tools/raw-http.ts'
import { createDatabase } from '../tools/test-database.ts'
import { type Tenant, test } from './fixtures.ts'
import { protectedUrls } from './protected-urls.ts'

// The table of answer headers, exact and for every class of route, each written out here a second time on purpose.

const everywhere = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
  'permissions-policy':
    'accelerometer=(), autoplay=(), bluetooth=(), browsing-topics=(), camera=(), clipboard-read=(), clipboard-write=(self), display-capture=(), geolocation=(), gyroscope=(), hid=(), microphone=(), midi=(), payment=(), serial=(), usb=()',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'origin-agent-cluster': '?1',
}
const dataPolicy = "default-src 'none'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; sandbox"
const pagePolicy = (nonce: string) =>
  `default-src 'none'; script-src 'nonce-${nonce}' 'strict-dynamic'; style-src 'self' 'nonce-${nonce}'; style-src-attr 'none'; img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; frame-src 'none'; frame-ancestors 'none'`
const absent = /^(x-powered-by|server|access-control-.*|strict-transport-security|x-nonce)$/

function nonceOf({ headers }: Answer): string {
  return /'nonce-(?<nonce>[\w+/=]+)'/.exec(String(headers['content-security-policy']))?.groups?.nonce ?? ''
}

function checkAnswer(answer: Answer, status: number, what: string): void {
  expect.soft(answer.status, what).toBe(status)
  expect.soft(answer.headers, what).toMatchObject(everywhere)
  expect.soft(String(answer.headers['cache-control']).split(', '), what).toContain('no-store')
  expect
    .soft(
      Object.keys(answer.headers).filter((name) => absent.test(name)),
      what,
    )
    .toEqual([])
}

function checkPage(answer: Answer, status: number, what: string): void {
  checkAnswer(answer, status, what)
  const nonce = nonceOf(answer)
  // At least 128 bits, as base64.
  expect.soft(Buffer.from(nonce, 'base64').length, what).toBeGreaterThanOrEqual(16)
  expect.soft(answer.headers['content-security-policy'], what).toBe(pagePolicy(nonce))
}

function checkData(answer: Answer, status: number, what: string): void {
  checkAnswer(answer, status, what)
  expect.soft(answer.headers['content-security-policy'], what).toBe(dataPolicy)
}

const asFlight = (cookie: string) => ({ cookie, rsc: '1' })

/** A flight answer; Next sends the request on to the address with a hash of its headers first. */
async function askFlight(
  server: Address,
  path: string,
  { cookie }: Tenant,
): Promise<[hop: Answer, last: Answer]> {
  const hop = await ask(server, path, { headers: asFlight(cookie) })
  return [hop, await ask(server, hop.headers.location ?? path, { headers: asFlight(cookie) })]
}

test('2.3: pages, flight answers and redirects', async ({ house, own }) => {
  const { cookie } = own
  const nonces = new Set<string>()
  const pages = protectedUrls(own).pages.filter(({ pattern }) => pattern !== '/')
  for (const { path, query } of [...pages, { path: '/sign-in', query: '' }]) {
    const page = await ask(house.dashboard, path + query, { headers: { cookie } })
    checkPage(page, 200, path)
    expect.soft(page.headers['content-type']).toBe('text/html; charset=utf-8')
    // Every script and style of the page is one that the policy lets in, and there is no style attribute.
    expect.soft(page.text, path).not.toMatch(/<script(?![^>]*nonce=)|<style|\sstyle="|\son\w+="/)
    expect.soft(page.text, path).toContain(`nonce="${nonceOf(page)}"`)
    nonces.add(nonceOf(page))
    const [hop, flight] = await askFlight(house.dashboard, path + query, own)
    checkPage(hop, 307, `${path} flight hop`)
    checkPage(flight, 200, `${path} flight`)
    expect.soft(flight.headers['content-type']).toBe('text/x-component')
  }
  expect(nonces.size).toBe(pages.length + 1)
  checkPage(await ask(house.dashboard, '/', { headers: { cookie } }), 307, '/ to the first screen')
  checkPage(await ask(house.dashboard, '/jobs'), 307, 'to sign-in')
})

test('2.3: data, the event stream and probes', async ({ house, own }) => {
  for (const { pattern, path, query, status } of protectedUrls(own).handlers) {
    const answer = await ask(house.dashboard, path + query, { headers: { cookie: own.cookie } })
    checkData(answer, status, pattern)
    const type = pattern === '/api/events' ? 'text/event-stream; charset=utf-8' : 'application/json'
    expect.soft(answer.headers['content-type'], pattern).toBe(type)
    // A stream that is packed is a stream that waits.
    const packed = await ask(house.dashboard, path + query, {
      headers: { cookie: own.cookie, 'accept-encoding': 'gzip, br' },
    })
    expect.soft(packed.headers['content-encoding'], pattern).toBeUndefined()
  }
  for (const path of ['/healthz', '/readyz']) checkData(await ask(house.dashboard, path), 200, path)
})

test('2.3: refusals and errors of data', async ({ house, own }) => {
  const { dashboard, cloud } = house
  const headers = { cookie: own.cookie }
  const list = `/api/images?${new URLSearchParams({ ...own.scope })}`
  checkData(await ask(dashboard, '/api/session'), 401, 'without a session')
  checkData(await ask(dashboard, '/api/images', { headers }), 400, 'without input')
  checkData(await ask(dashboard, '/api/jobs/x', { headers }), 400, 'with junk')
  checkData(await ask(dashboard, `/api/jobs/${own.images[0]}`, { headers }), 404, 'of nothing')
  checkData(await ask(dashboard, '/api/nothing', { headers }), 404, 'no such handler')
  checkData(await ask(dashboard, list, { headers: { ...headers, host: 'evil.test' } }), 421, 'another host')
  checkData(await ask(dashboard, list, { headers, method: 'PUT' }), 405, 'another method')
  const fault = await cloud.fault({
    projectId: own.scope.project,
    service: 'image',
    fault: { kind: 'answer', status: 500 },
  })
  checkData(await ask(dashboard, list, { headers }), 502, 'the cloud is broken')
  await cloud.removeFault(fault)
})

test('2.3: refusals and errors of pages', async ({ house, own }) => {
  const { dashboard } = house
  const { cookie } = own
  const headers = { cookie }
  const origin = dashboard.origin
  checkPage(await ask(dashboard, '/nothing', { headers }), 404, 'no such page')
  checkPage(await ask(dashboard, `/jobs/${own.images[0]}`, { headers }), 404, 'a page of nothing')
  checkPage(
    await ask(dashboard, '/jobs', { headers: { ...headers, host: 'evil.test' } }),
    421,
    'another host',
  )
  checkPage(await ask(dashboard, '/jobs', { headers, method: 'PUT' }), 405, 'another method')
  const foreign = { cookie, 'next-action': 'x', origin: 'https://evil.test' }
  checkPage(await ask(dashboard, '/jobs', { headers: foreign, method: 'POST' }), 403, 'another origin')
  const stale = { cookie, 'next-action': '7f'.padEnd(42, '0'), origin }
  checkPage(
    await ask(dashboard, '/jobs', { headers: stale, method: 'POST', body: '[]' }),
    409,
    'another build',
  )
  checkPage(
    (await callAction(dashboard, 'cancelJob', { id: 'x' }, { cookie })).answer,
    200,
    'a refused action',
  )
  checkPage(
    await ask(dashboard, '/_next/image?url=%2Ficon.svg&w=64&q=75', { headers }),
    404,
    'N2: image optimiser',
  )
  checkPage(await ask(dashboard, '/icon.svg'), 200, 'the icon')
})

test('2.3: static files are for ever, and carry no cookie', async ({ house, own }) => {
  const { text } = await ask(house.dashboard, '/jobs', { headers: { cookie: own.cookie } })
  const files = [...new Set(text.match(/\/_next\/static\/[^"\\]+\.(?:js|css|woff2)/g))]
  expect(files.length).toBeGreaterThan(3)
  for (const file of files) {
    const answer = await ask(house.dashboard, file, { headers: { cookie: own.cookie } })
    expect.soft(answer.status, file).toBe(200)
    expect.soft(answer.headers, file).toMatchObject(everywhere)
    expect.soft(answer.headers['cache-control'], file).toBe('public, max-age=31536000, immutable')
    expect.soft(answer.cookies, file).toEqual([])
    const map = await ask(house.dashboard, `${file}.map`)
    expect.soft(map.status, 'N6: no source maps').toBe(404)
  }
  checkAnswer(await ask(house.dashboard, '/_next/static/nothing.js'), 404, 'a missing static file')
})

test('2.3, row 25: a page and an answer whose database is gone', async ({ house, own }) => {
  const database = await createDatabase()
  const dashboard = await startDashboard({ authUrl: house.authUrl, databaseUrl: database.url })
  try {
    await database.drop()
    const cookie = own.cookie.replace(/^sid-\d+/, `sid-${dashboard.port}`)
    for (const path of ['/jobs', '/incoming']) {
      const page = await ask(dashboard, path, { headers: { cookie } })
      checkPage(page, 500, path)
      // L8: nothing of how it failed.
      expect.soft(page.text).not.toMatch(/postgres|node_modules|at async|ECONN|does not exist/i)
    }
    const data = await ask(dashboard, '/api/session', { headers: { cookie } })
    checkData(data, 500, '/api/session')
    expect(JSON.parse(data.text)).toMatchObject({ failure: { code: 'internal' } })
    expect(data.text).not.toMatch(/postgres|node_modules|ECONN|does not exist/i)
    const ready = await ask(dashboard, '/readyz')
    expect([ready.status, ready.text]).toEqual([503, 'no'])
    checkData(ready, 503, '/readyz')
    checkData(await ask(dashboard, '/healthz'), 200, '/healthz')
  } finally {
    await dashboard.stop()
  }
})
