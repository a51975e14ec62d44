import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { MockCloud } from './control-client.ts'
import { type RunningCloud, startMockCloud } from './server.ts'
import { askImages, memberPost, signInAs } from './test-calls.ts'

let running: RunningCloud
let cloud: MockCloud

beforeAll(async () => {
  running = await startMockCloud({ seed: 'facts', regions: ['north', 'south'] })
  cloud = new MockCloud(running.controlUrl)
})

afterAll(async () => {
  await running.stop()
})

beforeEach(async () => {
  await cloud.reset('facts')
})

const projects = (token: string) =>
  fetch(`${running.authUrl}/auth/projects`, { headers: { 'X-Auth-Token': token } })

describe('tokens', () => {
  test.each([64, 183, 20_000, 60_000])('of %i characters work everywhere', async (tokenLength) => {
    await cloud.set({ tokenLength })
    const { token, status } = await longToken()
    expect([status, token.length]).toEqual([201, tokenLength])
    running.cloud.settings.tokenLength = null
    const answer = await ownCall(running.imageUrl, '/v2/images?limit=1', token)
    expect(answer).toBe(200)
  })

  test('end by the cloud’s own clock, to the second', async () => {
    await cloud.set({ tokenLifetimeSeconds: 100 })
    const token = await signInAs(running, 'alice', 'alpha')
    await cloud.advance(98)
    expect((await askImages(running, token, '/v2/images?limit=1')).status).toBe(200)
    await cloud.advance(2)
    expect((await askImages(running, token, '/v2/images?limit=1')).status).toBe(401)
    expect((await projects(token)).status).toBe(401)
  })

  test('are ended for one project, at both services at once', async () => {
    const [alpha, beta] = [
      await signInAs(running, 'carol', 'alpha'),
      await signInAs(running, 'carol', 'beta'),
    ]
    for (const token of [alpha, beta]) await askImages(running, token, '/v2/images?limit=1')
    const [project] = ((await (await projects(alpha)).json()) as { projects: { id: string; name: string }[] })
      .projects
    expect(await cloud.endTokens({ how: 'revoke', projectId: project?.id })).toBe(1)
    const statuses = [alpha, beta].map(
      async (token) => (await askImages(running, token, '/v2/images?limit=1')).status,
    )
    expect((await Promise.all(statuses)).sort()).toEqual([200, 401])
  })

  test('revoked at the identity service are believed by the image service for a minute', async () => {
    const token = await signInAs(running, 'alice', 'alpha')
    await askImages(running, token, '/v2/images?limit=1')
    await cloud.endTokens({ how: 'revoke', keepImageCache: true })
    expect((await askImages(running, token, '/v2/images?limit=1')).status).toBe(200)
    await cloud.advance(61)
    expect((await askImages(running, token, '/v2/images?limit=1')).status).toBe(401)
  })

  test('never come into the ledger', async () => {
    const token = await signInAs(running, 'alice', 'alpha')
    await memberPost(running, token, await cloud.mintImage({ project: 'alpha', name: 'x' }), 'm')
    const text = JSON.stringify(await cloud.ledger())
    expect(text).toContain('"member":"m"')
    expect(text).not.toContain(token)
    expect(text).not.toContain('secret')
  })
})

/** `fetch` takes no header of 60 kB, so this call is made by hand. */
async function ownCall(url: string, path: string, token: string): Promise<number> {
  const { request } = await import('node:http')
  return new Promise((resolve, reject) => {
    const call = request(url + path, { headers: { 'X-Auth-Token': token } }, (answer) => {
      answer.resume()
      resolve(answer.statusCode ?? 0)
    })
    call.once('error', reject).end()
  })
}

async function longToken(): Promise<{ token: string; status: number }> {
  const { request } = await import('node:http')
  const user = { name: 'alice', password: 'secret', domain: { name: 'Default' } }
  const scope = { project: { name: 'alpha', domain: { name: 'Default' } } }
  const body = JSON.stringify({ auth: { identity: { methods: ['password'], password: { user } }, scope } })
  return new Promise((resolve, reject) => {
    const headers = { 'Content-Type': 'application/json', 'Content-Length': body.length }
    const options = { method: 'POST', headers, maxHeaderSize: 128 * 1024 }
    const call = request(`${running.authUrl}/auth/tokens`, options, (answer) => {
      answer.resume()
      const token = answer.headers['x-subject-token']
      resolve({ token: typeof token === 'string' ? token : '', status: answer.statusCode ?? 0 })
    })
    call.once('error', reject).end(body)
  })
}

describe('two regions', () => {
  test('have images of their own, and both stand in the catalogue', async () => {
    const token = await signInAs(running, 'alice', 'alpha')
    const id = await cloud.mintImage({ project: 'alpha', name: 'southern', region: 'south' })
    expect((await askImages(running, token, `/south/v2/images/${id}`)).status).toBe(200)
    expect((await askImages(running, token, `/v2/images/${id}`)).status).toBe(404)
    const answer = await fetch(`${running.authUrl}/auth/catalog`, { headers: { 'X-Auth-Token': token } })
    const { catalog } = (await answer.json()) as { catalog: { type: string; endpoints: { url: string }[] }[] }
    const urls = catalog.find(({ type }) => type === 'image')?.endpoints.map(({ url }) => url)
    expect(new Set(urls)).toEqual(new Set([running.imageUrl, `${running.imageUrl}/south`]))
  })
})

describe('the new role defaults', () => {
  test('let readers read and nothing else', async () => {
    await cloud.set({ secureRbac: true })
    const [rita, alice] = [
      await signInAs(running, 'rita', 'alpha'),
      await signInAs(running, 'alice', 'alpha'),
    ]
    const id = await cloud.mintImage({ project: 'alpha', name: 'x' })
    expect((await askImages(running, rita, `/v2/images/${id}/members`)).status).toBe(200)
    const refused = await memberPost(running, rita, id, 'm')
    expect([refused.status, await refused.text()]).toEqual([
      403,
      expect.stringContaining('You are not authorized to complete add_member action.'),
    ])
    expect((await memberPost(running, alice, id, 'm')).status).toBe(200)
  })
})

describe('the seeds', () => {
  test('demo is the same at every start', async () => {
    const world = async () => {
      await cloud.reset('demo')
      const store = running.cloud.images()
      return [...store.images.values()].map(({ id, name, members }) => ({ id, name, members: members.size }))
    }
    const first = await world()
    expect(await world()).toEqual(first)
    expect(first.length).toBeGreaterThan(70)
    expect(Math.max(...first.map(({ members }) => members))).toBe(128)
  })

  test('an unknown one is refused', async () => {
    await expect(cloud.reset('nope')).rejects.toThrow('no seed nope')
  })
})
