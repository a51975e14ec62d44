import type { Cloud } from '../cloud.ts'
import { stableId } from '../ids.ts'
import { assignedRoles } from '../keystone/grants.ts'
import type { ImsTraits } from '../records.ts'
import { seedDemo } from './demo.ts'

/** Images of the demo that IMS has more to say about. */
const TRAITS: Readonly<Record<string, ImsTraits>> = {
  'postgres-17-patroni-20261111': { encrypted: true },
  'mariadb-11.8-galera-20261022': { encrypted: true },
  'gitlab-runner-18.5': { fullServer: 'cbr' },
  'jenkins-agent-jdk21': { fullServer: 'other' },
  'rhel-9.4-eus-sap-20260811': { market: true },
  'loyalty-engine-2026.3': { fullServer: 'cbr' },
  'ubuntu-24.04-public': { gold: true },
  'debian-12-public': { gold: true },
}

/**
 * The demo as a cloud with IMS: every project but the admin's begins with the name of the first region, as they do
 * there, everybody has a role in the project named as the region alone, and some images are of kinds that only IMS knows.
 */
export function seedDemoOtc(cloud: Cloud): void {
  seedDemo(cloud)
  cloud.faults.clear()
  // As many as the demo needs for an image that is nearly full.
  cloud.settings.memberQuota = 128
  const region = cloud.regions[0] ?? ''
  for (const project of cloud.projects.values()) {
    if (project.name !== 'admin') project.name = `${region}_${project.name}`
  }
  const id = stableId('project', region)
  const home = { domainId: 'default', parentId: 'default', description: '', enabled: true }
  cloud.projects.set(id, { id, name: region, ...home })
  for (const user of cloud.users.values()) assignedRoles(cloud, user.id, 'project', id).add('member')
  const store = cloud.images()
  for (const image of store.images.values()) {
    store.change(image, { ims: TRAITS[image.name ?? ''] ?? {} })
  }
}
