import 'server-only'
import { systemClock } from '../clock'
import { imageEndpoint } from '../cloud/catalogue'
import { type CloudHttp, createCloudHttp } from '../cloud/cloud-http'
import { loadClouds } from '../cloud/clouds'
import { type CloudFamily, glanceFamily } from '../cloud/family'
import type { ImageAccess } from '../cloud/glance'
import { createIdentity } from '../cloud/identity'
import { type Limits, limits } from '../cloud/limits'
import type { FakeCloud } from './fake-cloud'
import { hastyChance } from './seeded-chance'
import { testEnv } from './test-runtime'

/** Glance before 2.5, as ECL 2.0 has it. */
export const oldGlanceFamily: CloudFamily = { ...glanceFamily, visibility_model: 'private' }
/** Open Telekom Cloud, Huawei Cloud, Flexible Engine. */
export const imsFamily: CloudFamily = {
  sharing: 'batch',
  image_list: 'cloudimages',
  job_endpoint: 'project',
  visibility_model: 'any',
}

/** A client of the fake cloud that does not wait between attempts. */
export const hastyHttp = (some: Partial<Limits> = {}): CloudHttp =>
  createCloudHttp({ ca: null }, { clock: systemClock, chance: hastyChance, limits: { ...limits, ...some } })

/** What a user of the fake cloud needs to reach its images in a project: signed in and rescoped as we do it. */
export async function accessAs(
  fake: FakeCloud,
  http: CloudHttp,
  user: string,
  projectId: string,
  family: CloudFamily = glanceFamily,
): Promise<ImageAccess> {
  const config = loadClouds(testEnv(fake)).get('openstack')
  if (!config) throw new Error('no cloud is configured')
  const identity = createIdentity(config, http)
  const signedIn = await identity.signIn({ user, domain: 'Default', password: 'secret' })
  if (signedIn.state !== 'issued') throw new Error('a one-time code is wanted')
  const scoped = await identity.rescope(signedIn.token.text, projectId)
  const endpoint = imageEndpoint(scoped.catalogue, 'north', config, [])
  return { http, endpoint, token: scoped.text, projectId, family }
}
