import 'server-only'
import { systemClock } from '../clock'
import { imageEndpoint } from '../cloud/catalogue'
import { type CloudHttp, createCloudHttp } from '../cloud/cloud-http'
import { loadClouds } from '../cloud/clouds'
import type { ImageAccess } from '../cloud/glance'
import { createIdentity } from '../cloud/identity'
import { type Limits, limits } from '../cloud/limits'
import type { FakeCloud } from './fake-cloud'
import { hastyChance } from './seeded-chance'
import { testEnv } from './test-runtime'

/** A client of the fake cloud that does not wait between attempts. */
export const hastyHttp = (some: Partial<Limits> = {}): CloudHttp =>
  createCloudHttp({ ca: null }, { clock: systemClock, chance: hastyChance, limits: { ...limits, ...some } })

/** What a user of the fake cloud needs to reach its images in a project: signed in and rescoped as we do it. */
export async function accessAs(
  fake: FakeCloud,
  http: CloudHttp,
  user: string,
  projectId: string,
): Promise<ImageAccess> {
  const config = loadClouds(testEnv(fake)).get('openstack')
  if (!config) throw new Error('no cloud is configured')
  const identity = createIdentity(config, http)
  const unscoped = await identity.signIn({ user, domain: 'Default', password: 'secret' })
  const scoped = await identity.rescope(unscoped.text, projectId)
  const endpoint = imageEndpoint(scoped.catalogue, 'north', config, [])
  return { http, endpoint, token: scoped.text, projectId }
}
