import { randomUUID } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { CapabilityValues } from '../../contracts/clouds'
import { learnCapability } from '../store/capability-rows'
import { FakeClock } from '../testing/fake-clock'
import { hastyHttp } from '../testing/image-access'
import { reply, type ScriptedServer, startScripted } from '../testing/scripted-server'
import { stores, type TestStore } from '../testing/stores'
import { capabilitiesOf, familyOf, probeLimits } from './capabilities'

const http = hastyHttp()
const clock = new FakeClock()
const servers: ScriptedServer[] = []
afterAll(() => http.close())
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()))
})

type Script = (response: ServerResponse, count: number) => void
const isIms: Script = (response) => reply(response, 200, { images: [] })
const isDown: Script = (response) => reply(response, 503)

/** A cloud of a name of its own, so that nothing is known of it. */
async function cloud(script: Script, capabilities: Partial<CapabilityValues> = {}) {
  const server = await startScripted((response, { url }, count) => {
    if (url === '/versions') reply(response, 200, { versions: [{ id: 'v2.16', status: 'CURRENT' }] })
    else script(response, count)
  })
  servers.push(server)
  const config = { name: randomUUID(), capabilities, naming: 'keystone' as const }
  const access = { http, endpoint: server.url, token: 't' }
  return {
    server,
    asked: { config, region: 'north', access },
    place: { cloud: config.name, region: 'north' },
  }
}

describe.each(stores)('[U5] what a cloud can do, on $name', (kind) => {
  let place: TestStore
  let parts: { store: TestStore['store']; clock: FakeClock }
  beforeAll(async () => {
    place = await kind.open()
    parts = { store: place.store, clock }
  })
  afterAll(() => place.close())

  test('is asked once, for all who want to know at the same time and later', async () => {
    const { server, asked } = await cloud(isIms)
    const families = await Promise.all(Array.from({ length: 20 }, () => familyOf(parts, asked)))
    families.push(await familyOf(parts, asked))
    expect(new Set(families.map((family) => JSON.stringify(family))).size).toBe(1)
    expect(families[0]).toMatchObject({
      sharing: 'batch',
      image_list: 'cloudimages',
      visibility_model: 'any',
    })
    expect(server.requests).toHaveLength(1)
  })

  test('on plain Glance takes two calls, and none after that', async () => {
    const { server, asked } = await cloud((response) => reply(response, 404))
    for (let n = 0; n < 5; n += 1) {
      expect(await familyOf(parts, asked)).toMatchObject({ sharing: 'native', visibility_model: 'shared' })
    }
    expect(server.requests.map(({ url }) => url)).toEqual(['/v2/cloudimages?limit=1', '/versions'])
  })

  test('is not asked again by another process, nor for another region’s answer', async () => {
    const { server, asked } = await cloud(isIms)
    await familyOf(parts, asked)
    const replica = { store: { ...place.store }, clock }
    expect(await familyOf(replica, asked)).toMatchObject({ sharing: 'batch' })
    expect(server.requests).toHaveLength(1)
    await familyOf(parts, { ...asked, region: 'south' })
    expect(server.requests).toHaveLength(2)
  })

  test('stays open while the answer is unclear: Glance is assumed, and the cloud is left alone for a while', async () => {
    const { server, asked } = await cloud((response, count) => (count <= 2 ? isDown : isIms)(response, count))
    expect(await familyOf(parts, asked)).toMatchObject({ sharing: 'native', image_list: 'glance' })
    await familyOf(parts, asked)
    expect(server.requests).toHaveLength(1)
    const { sharing } = await capabilitiesOf(parts, { ...asked, access: null })
    expect(sharing).toEqual({ value: 'native', source: 'unknown', at: null })
    await clock.advance(probeLimits.quietMs)
    await familyOf(parts, asked)
    await clock.advance(probeLimits.quietMs)
    await familyOf(parts, asked)
    expect(server.requests).toHaveLength(2)
    await clock.advance(probeLimits.quietMs)
    expect(await familyOf(parts, asked)).toMatchObject({ sharing: 'batch' })
    expect(server.requests).toHaveLength(3)
  })

  test('is not told by a dead token, and the next one asks at once', async () => {
    const { server, asked } = await cloud((response, count) =>
      count === 1 ? reply(response, 401) : isIms(response, count),
    )
    expect(await familyOf(parts, asked)).toMatchObject({ sharing: 'native' })
    expect(await familyOf(parts, asked)).toMatchObject({ sharing: 'batch' })
    expect(server.requests).toHaveLength(2)
  })

  test('is asked again after a day; an outage then changes nothing', async () => {
    let script = isIms
    const { server, asked } = await cloud((response, count) => script(response, count))
    await familyOf(parts, asked)
    script = isDown
    await clock.advance(probeLimits.validMs)
    expect(await familyOf(parts, asked)).toMatchObject({ sharing: 'batch' })
    expect(server.requests).toHaveLength(2)
  })

  test('is asked of another address under the same name', async () => {
    const first = await cloud(isIms)
    const other = await cloud((response) => reply(response, 404))
    await familyOf(parts, first.asked)
    const moved = { ...first.asked, access: other.asked.access }
    expect(await familyOf(parts, moved)).toMatchObject({ sharing: 'native' })
    expect(other.server.requests).toHaveLength(2)
  })

  test('as the configuration says wins; what it leaves open is asked for, and nothing else', async () => {
    const some = await cloud(isIms, { sharing: 'native', pending_access: 'not_usable' })
    const known = await capabilitiesOf(parts, some.asked)
    expect(known).toMatchObject({
      sharing: { value: 'native', source: 'configured', at: null },
      image_list: { value: 'cloudimages', source: 'probed', at: new Date(clock.now()).toISOString() },
      pending_access: { value: 'not_usable', source: 'configured' },
      answer_undo: { value: 'no', source: 'stated' },
    })
    const all = await cloud(isIms, { sharing: 'native', image_list: 'glance', visibility_model: 'private' })
    expect(await familyOf(parts, all.asked)).toMatchObject({ visibility_model: 'private' })
    expect(all.server.requests).toHaveLength(0)
  })

  test('that was learnt in passing is known to every process soon', async () => {
    const { asked, place: where } = await cloud(isIms)
    const replica = { store: { ...place.store }, clock }
    expect(await familyOf(replica, asked)).toMatchObject({ job_endpoint: 'project' })
    await learnCapability(place.store.db, where, 'job_endpoint', 'progress', clock.now())
    expect((await capabilitiesOf(parts, asked)).job_endpoint).toMatchObject({
      value: 'progress',
      source: 'learnt',
    })
    await clock.advance(probeLimits.rereadMs)
    expect(await familyOf(replica, asked)).toMatchObject({ job_endpoint: 'progress' })
  })

  test.each<[string, Script, object]>([
    ['measured on Glance', (response) => reply(response, 404), { value: 'usable', source: 'measured' }],
    ['unknown on IMS', isIms, { value: 'usable', source: 'unknown' }],
    ['unknown where nothing is clear', isDown, { value: 'usable', source: 'unknown' }],
  ])('says how it is known: access before an answer is %s', async (_how, script, wanted) => {
    const { asked } = await cloud(script)
    expect((await capabilitiesOf(parts, asked)).pending_access).toMatchObject(wanted)
  })
})
