import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'playwright/test'
import { buildDirectory } from '../tools/build-manifests.ts'
import { type Address, type Answer, ask } from '../tools/raw-http.ts'
import { test } from './fixtures.ts'
import { protectedUrls } from './protected-urls.ts'

// R8: ways past a guard that have worked on some server or other, tried on every protected address.

// More than a thousand requests a test, on whatever else the machine does.
test.setTimeout(180_000)

type Attempt = { path: string; headers?: Record<string, string> }
type Disguise = (path: string, query: string) => Attempt

const prefetch = { rsc: '1', 'next-router-prefetch': '1' }
const subrequest = (name: string) => Array.from({ length: 5 }, () => name).join(':')
const withHeaders =
  (headers: Record<string, string>): Disguise =>
  (path, query) => ({ path: path + query, headers })
const withPath =
  (rewrite: (path: string) => string): Disguise =>
  (path, query) => ({ path: rewrite(path) + query })
/** Asks for what anybody may have, and names the protected address beside it. */
const behind =
  (door: string, name: string): Disguise =>
  (path, query) => ({ path: door, headers: { [name]: path + query } })

const headerDisguises: Record<string, string>[] = [
  { rsc: '1' },
  prefetch,
  { ...prefetch, 'next-router-segment-prefetch': '/_tree' },
  { ...prefetch, 'next-router-segment-prefetch': '/__PAGE__' },
  { rsc: '1', 'next-router-state-tree': '%5B%22%22%2C%7B%7D%5D' },
  { rsc: '1', 'next-hmr-refresh': '1' },
  { purpose: 'prefetch', 'sec-purpose': 'prefetch' },
  { 'x-middleware-prefetch': '1' },
  { 'x-middleware-subrequest': subrequest('middleware') },
  { 'x-middleware-subrequest': subrequest('src/middleware') },
  { 'x-middleware-subrequest': subrequest('proxy') },
  { 'x-middleware-invoke': '1', 'x-middleware-next': '1' },
  { 'x-nextjs-data': '1' },
  { 'x-matched-path': '/sign-in' },
  { 'x-invoke-path': '/sign-in', 'x-invoke-status': '200', 'x-invoke-output': '/sign-in' },
  { 'x-now-route-matches': '1=sign-in' },
  { 'next-url': '/sign-in' },
  { 'x-original-url': '/healthz', 'x-rewrite-url': '/healthz', 'x-forwarded-uri': '/healthz' },
  { 'x-forwarded-host': 'evil.test', 'x-forwarded-proto': 'https', 'x-forwarded-for': '127.0.0.1' },
  { 'user-agent': 'kube-probe/1.31' },
  { authorization: 'Bearer x', 'x-auth-token': 'x' },
]

const buildId = () => readFileSync(join(buildDirectory, '.next', 'BUILD_ID'), 'utf8').trim()
const encoded = (path: string) => path.replace(/[a-z]/, (letter) => `%${letter.charCodeAt(0).toString(16)}`)

const pathDisguises: ((path: string) => string)[] = [
  (path) => path,
  (path) => `${path}.rsc`,
  (path) => `${path}.json`,
  (path) => `${path}.segments/_tree.segment.rsc`,
  (path) => `${path}.`,
  (path) => `${path}/`,
  (path) => `${path}//`,
  (path) => `/${path}`,
  (path) => `/.${path}`,
  (path) => `/sign-in/..${path}`,
  (path) => `/sign-in/%2e%2e${path}`,
  (path) => `/healthz/..${path}`,
  (path) => `/healthz/%2e%2e${path}`,
  (path) => `/_next/static/..${path}`,
  (path) => `/_next/static/../..${path}`,
  (path) => `/_next/static/%2e%2e/%2e%2e${path}`,
  (path) => `/_next/static/..%2f..${path}`,
  (path) => `/_next/data/${buildId()}${path}.json`,
  (path) => `/_next/image?w=64&q=75&url=${encodeURIComponent(path)}`,
  (path) => path.toUpperCase(),
  encoded,
  (path) => encoded(path).replace('%', '%25'),
  (path) => path.replace(/(.)\//, '$1%2f'),
  (path) => path.replace(/(.)\//, '$1//'),
  (path) => path.replace(/(.)\//, '$1\\'),
  (path) => `${path}%00`,
  (path) => `${path}%20`,
  (path) => `${path};.css`,
  (path) => `${path}%3f_rsc=1`,
  (path) => `${path}%23`,
  (path) => `http://localhost${path}`,
]

const disguises: Disguise[] = [
  ...pathDisguises.map(withPath),
  ...headerDisguises.map(withHeaders),
  (path, query) => ({ path: `${path}${query === '' ? '?' : `${query}&`}_rsc=1` }),
  (path, query) => ({ path: `${path}${query === '' ? '?' : `${query}&`}nxtPid=1&__nextLocale=en` }),
  ...['/sign-in', '/healthz'].flatMap((door) =>
    ['x-original-url', 'x-rewrite-url', 'x-matched-path', 'x-invoke-path', 'x-forwarded-uri', 'next-url'].map(
      (name) => behind(door, name),
    ),
  ),
]

/**
 * The answer in the end. Next sends a flight request on to the same address with a hash of its headers, and a badly
 * written path to its right form: who follows sees what is behind.
 */
async function follow(server: Address, { path, headers = {} }: Attempt, cookie?: string): Promise<Answer> {
  let answer = await ask(server, path, { headers: { ...headers, ...(cookie ? { cookie } : {}) } })
  for (let hops = 0; hops < 3 && answer.status >= 300 && answer.status < 400; hops += 1) {
    const to = answer.headers.location ?? ''
    if (!to.startsWith('/') || to.startsWith('/sign-in')) break
    answer = await ask(server, to, { headers: { ...headers, ...(cookie ? { cookie } : {}) } })
  }
  return answer
}

const refusals: readonly number[] = [400, 401, 404, 405, 421]
/** What a prefetch of the route tree says: the parts of the very address, and nothing of a page. */
const treeRow = /^[0-9a-f]+:(\[\["children",\{|\{"q":)/

/** Whether an answer gives nothing: a refusal, or the way to sign-in, in the head or inside a flight answer. */
function leadsAway({ status, headers, text }: Answer, address: string): boolean {
  if (status >= 300 && status < 400) {
    const to = headers.location ?? ''
    return to.startsWith('/sign-in?next=') || to.endsWith(address)
  }
  // What Next answers instead of a page that a link only looks ahead to.
  if (status === 200 && text === '{}') return true
  if (status !== 200 || headers['content-type'] !== 'text/x-component') return refusals.includes(status)
  const rows = text.split('\n').filter((row) => row !== '')
  return /NEXT_REDIRECT;\w+;\/sign-in\?next=/.test(text) || rows.every((row) => treeRow.test(row))
}

const whole = ({ headers, text }: Answer) => JSON.stringify(headers) + text
const isOpen = ({ path }: Attempt) => path === '/sign-in' || path === '/healthz'

test('R8: no disguise of an address gets past sign-in, and none shows a byte of a tenant', async ({
  house,
  own,
}) => {
  const { pages, handlers } = protectedUrls(own)
  let tried = 0
  for (const { path, query } of [...pages, ...handlers]) {
    for (const disguise of disguises) {
      const attempt = disguise(path, query)
      const answer = await follow(house.dashboard, attempt)
      tried += 1
      const told = `${attempt.path} ${JSON.stringify(attempt.headers ?? {})}`
      expect.soft(whole(answer), told).not.toContain(own.mark)
      if (isOpen(attempt)) continue
      expect.soft(leadsAway(answer, path + query), `${answer.status} ${told}`).toBe(true)
    }
  }
  expect(tried).toBeGreaterThan(1_000)
})

test("R8, L1: no disguise of an address shows a byte of another tenant's to somebody signed in", async ({
  house,
  own,
  other,
}) => {
  const { pages, handlers } = protectedUrls(other)
  for (const { path, query } of [...pages, ...handlers]) {
    for (const disguise of disguises) {
      const attempt = disguise(path, query)
      const answer = await follow(house.dashboard, attempt, own.cookie)
      expect.soft(whole(answer), attempt.path).not.toContain(other.mark)
    }
  }
})

test('R8: the same disguises show the tenant itself what is there, so that the search above can find it', async ({
  house,
  own,
}) => {
  const { pages, handlers } = protectedUrls(own)
  const seen = async (disguise: Disguise) => {
    const all = [...pages, ...handlers].map(({ path, query }) =>
      follow(house.dashboard, disguise(path, query), own.cookie),
    )
    return (await Promise.all(all)).filter((answer) => whole(answer).includes(own.mark)).length
  }
  expect(await seen(withPath((path) => path))).toBeGreaterThanOrEqual(12)
  expect(await seen(withHeaders({ rsc: '1' }))).toBeGreaterThanOrEqual(12)
})
