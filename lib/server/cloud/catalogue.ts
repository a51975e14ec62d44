import 'server-only'
import { z } from 'zod'
import { CloudError } from './cloud-error'
import type { CloudConfig } from './clouds'

export const Catalogue = z.array(
  z.object({
    type: z.string(),
    endpoints: z.array(
      z.object({
        interface: z.string(),
        region: z.string().nullish(),
        region_id: z.string().nullish(),
        url: z.string(),
      }),
    ),
  }),
)
export type Catalogue = z.infer<typeof Catalogue>

/** In this order, because some clouds list several (cloud catalogues of OTC, Huawei and plain OpenStack differ). */
const imageTypes = ['image', 'imsv2', 'ims', 'imsv1']

/** Every public image endpoint, the best first. */
const imageEndpoints = (catalogue: Catalogue) =>
  imageTypes.flatMap((type) =>
    catalogue
      .filter((service) => service.type === type)
      .flatMap((service) => service.endpoints)
      .filter((endpoint) => endpoint.interface === 'public'),
  )

/** `*`, or nothing at all, is every region (Huawei IAM API reference, service catalogue). */
const regionOf = (endpoint: { region_id?: string | null; region?: string | null }) =>
  endpoint.region_id || endpoint.region || '*'

/** The regions in which the catalogue offers images. */
export function imageRegions(catalogue: Catalogue): string[] {
  return [...new Set(imageEndpoints(catalogue).map(regionOf))].filter((region) => region !== '*').sort()
}

/**
 * The root of the image service in a region: no trailing slash, no version.
 * @throws CloudError `no_image_service`, or `endpoint_not_allowed` with the origin to allow.
 */
export function imageEndpoint(
  catalogue: Catalogue,
  region: string,
  cloud: Pick<CloudConfig, 'authUrl' | 'imageEndpointOverride'>,
  allowedOrigins: readonly string[],
): string {
  if (cloud.imageEndpointOverride) return root(cloud.imageEndpointOverride)
  const endpoints = imageEndpoints(catalogue)
  const found =
    endpoints.find((endpoint) => regionOf(endpoint) === region) ??
    endpoints.find((endpoint) => regionOf(endpoint) === '*')
  if (!found) throw new CloudError('no_image_service', { values: { region } })
  const url = URL.parse(found.url)
  if (!url || !isTrusted(url, new URL(cloud.authUrl), allowedOrigins)) {
    throw new CloudError('endpoint_not_allowed', {
      values: { origin: url?.origin ?? found.url.slice(0, 200) },
    })
  }
  return root(`${url.origin}${url.pathname}`)
}

const root = (text: string) => text.replace(/\/+$/, '').replace(/\/v[12](\.\d+)?$/, '')

const isAddress = (host: string) => /^[\d.]+$/.test(host) || host.startsWith('[')

/** A catalogue is the cloud's word, not ours: it may name the identity service's host or its parent domain, nothing else. */
export function isTrusted(url: URL, auth: URL, allowedOrigins: readonly string[]): boolean {
  if (!/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') return false
  if (allowedOrigins.includes(url.origin)) return true
  // Never hand a token over in the clear that was obtained encrypted.
  if (auth.protocol === 'https:' && url.protocol !== 'https:') return false
  if (url.hostname === auth.hostname) return true
  const parent = auth.hostname.split('.').slice(1)
  if (isAddress(auth.hostname) || parent.length < 2) return false
  return url.hostname.endsWith(`.${parent.join('.')}`)
}
