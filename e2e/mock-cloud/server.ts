import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Cloud } from './cloud.ts'
import { handleControl } from './control/router.ts'
import type { Flavour } from './flavours.ts'
import type { Service } from './http/receive.ts'
import { serve } from './http/serve.ts'
import { handleImages } from './ims/router.ts'
import { handleKeystone } from './keystone/router.ts'
import { resetTo } from './seeds/seeds.ts'

/** Tokens of 20 kB and more must fit. */
const MAX_HEADER_BYTES = 64 * 1024

export type MockCloudOptions = {
  /** Port of the identity service; images listen on the next one, control on the one after. 0: any three. */
  port?: number
  /** Name of the world to begin with; `empty` when left out. */
  seed?: string
  /** Path before `/v3`; `/identity` when left out, empty for none. */
  identityPrefix?: string
  regions?: string[]
  /** The kind of cloud; OpenStack of today when left out, unless the seed is made for another. */
  flavour?: Flavour
}

export type RunningCloud = {
  /** With `/v3`, as `OS_AUTH_URL` wants it. */
  authUrl: string
  imageUrl: string
  controlUrl: string
  cloud: Cloud
  stop: () => Promise<void>
}

/** Starts the fake cloud on loopback and resolves when all three ports listen. */
export async function startMockCloud(options: MockCloudOptions = {}): Promise<RunningCloud> {
  const { port = 0, seed = 'empty', identityPrefix = '/identity', regions, flavour } = options
  const cloud = new Cloud()
  if (regions) cloud.homeRegions = regions
  if (flavour) cloud.homeFlavour = flavour
  resetTo(cloud, seed, flavour)
  const identity: Service = {
    name: 'identity',
    locate: (path) => locateIdentity(cloud, identityPrefix, path),
    handle: handleKeystone,
  }
  const image: Service = { name: 'image', locate: (path) => locateImage(cloud, path), handle: handleImages }
  const servers = await Promise.all([
    listen(serviceListener(cloud, identity), port),
    listen(serviceListener(cloud, image), port === 0 ? 0 : port + 1),
    listen((request, response) => void handleControl(cloud, request, response), port === 0 ? 0 : port + 2),
  ])
  const [identityUrl, imageUrl, controlUrl] = servers.map(urlOf) as [string, string, string]
  cloud.addresses = { identity: `${identityUrl}${identityPrefix}`, image: imageUrl, control: controlUrl }
  const stop = async () => {
    cloud.holds.clear()
    await Promise.all(servers.map(close))
  }
  return { authUrl: `${cloud.addresses.identity}/v3`, imageUrl, controlUrl, cloud, stop }
}

function serviceListener(cloud: Cloud, service: Service): RequestListener {
  return (request, response) => {
    response.sendDate = false
    serve(cloud, service, request, response).catch((error: unknown) => {
      if (!request.destroyed) console.error(`mock cloud: ${request.method} ${service.name} failed:`, error)
      response.destroy()
    })
  }
}

function locateIdentity(cloud: Cloud, prefix: string, path: string): { region: string; path: string } | null {
  const region = cloud.regions[0] ?? ''
  return path === prefix || path.startsWith(`${prefix}/`) || prefix === ''
    ? { region, path: path.slice(prefix.length) || '/' }
    : null
}

/** The first region lies at the root, every other one under its name. */
function locateImage(cloud: Cloud, path: string): { region: string; path: string } {
  const other = cloud.regions.slice(1).find((name) => path === `/${name}` || path.startsWith(`/${name}/`))
  return other
    ? { region: other, path: path.slice(other.length + 1) || '/' }
    : { region: cloud.regions[0] ?? '', path }
}

function listen(listener: RequestListener, port: number): Promise<Server> {
  const server = createServer({ maxHeaderSize: MAX_HEADER_BYTES, keepAliveTimeout: 65_000 }, listener)
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => resolve(server))
  })
}

function urlOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
