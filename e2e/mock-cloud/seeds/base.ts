import type { Cloud } from '../cloud.ts'
import { mint } from '../control/mint.ts'
import { stableId } from '../ids.ts'

/** What every cloud has: the default domain and an admin in a project of the same name. */
export function seedBase(cloud: Cloud, adminPassword: string): void {
  cloud.domains.set('default', {
    id: 'default',
    name: 'Default',
    description: 'The default domain',
    enabled: true,
  })
  mint(cloud, {
    projects: [{ name: 'admin', id: stableId('project', 'admin'), description: 'Bootstrap project' }],
    users: [
      {
        name: 'admin',
        id: stableId('user', 'admin'),
        password: adminPassword,
        roles: [{ project: 'admin', role: 'admin' }],
      },
    ],
  })
}
