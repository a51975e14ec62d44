import type { TestProject } from 'vitest/node'
import { startMockCloud } from '../mock-cloud/server.ts'
import type { AdminConnection } from '../openstack/admin.ts'
import { openAdmin } from '../openstack/admin.ts'
import { mintWorld } from '../openstack/world.ts'
import type { CloudUnderTest } from './cloud-under-test.ts'

declare module 'vitest' {
  interface ProvidedContext {
    cloud: CloudUnderTest
  }
}

/** Finds or starts the cloud and makes the people of the suite in it; everything is taken away at the end. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { connection, stop } = await findCloud()
  const world = await mintWorld(connection, {
    projects: { alpha: {}, beta: {}, gamma: {}, delta: { domain: 'partner' } },
    users: {
      alice: { roles: { alpha: ['member'] } },
      bob: { roles: { beta: ['member'] } },
      carol: { roles: { alpha: ['member'], beta: ['member'], gamma: ['member'] } },
      rita: { roles: { alpha: ['reader'] } },
      dave: { domain: 'partner', roles: { delta: ['member'] } },
    },
  })
  const { images } = await openAdmin(connection)
  const { projects, users } = world
  const memberQuota = Number(process.env.MEMBER_QUOTA ?? 128)
  project.provide('cloud', { connection, imageUrl: images.url, projects, users, memberQuota })
  return async () => {
    await world.remove()
    await stop()
  }
}

async function findCloud(): Promise<{ connection: AdminConnection; stop: () => Promise<void> }> {
  const authUrl = process.env.OS_AUTH_URL
  if (!authUrl) {
    const fake = await startMockCloud({ seed: 'empty' })
    const admin = { username: 'admin', password: 'secret', project: 'admin' }
    return { connection: { authUrl: fake.authUrl, admin }, stop: fake.stop }
  }
  const admin = {
    username: needed('OS_USERNAME'),
    password: needed('OS_PASSWORD'),
    project: needed('OS_PROJECT_NAME'),
  }
  return { connection: { authUrl, region: process.env.OS_REGION_NAME, admin }, stop: async () => {} }
}

function needed(name: string): string {
  const value = process.env[name]
  if (!value) throw new Error(`OS_AUTH_URL is set, so ${name} has to be set as well.`)
  return value
}
