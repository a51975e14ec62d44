import type { Cloud } from '../cloud.ts'
import { mint } from '../control/mint.ts'
import { seedBase } from './base.ts'

/** More than one page, so that paging shows without any further image. */
const IMAGES_OF_ALPHA = 30

const PROJECTS = ['alpha', 'beta', 'gamma']

/** The users and projects of the recordings: alice, bob, carol, rita, dave and admin, password `secret`. */
export function seedFacts(cloud: Cloud): void {
  seedBase(cloud, 'secret')
  const lab = (name: string, domain?: string) => ({ name, domain, description: `lab project ${name}` })
  const inProjects = (projects: string[], role = 'member') => projects.map((project) => ({ project, role }))
  mint(cloud, {
    domains: [{ name: 'Partner' }],
    projects: [...PROJECTS.map((name) => lab(name)), lab('delta', 'Partner')],
    users: [
      { name: 'alice', roles: inProjects(['alpha']) },
      { name: 'bob', email: 'bob@example.test', roles: inProjects(['beta']) },
      { name: 'carol', roles: inProjects(PROJECTS) },
      { name: 'rita', roles: inProjects(['alpha'], 'reader') },
      { name: 'dave', domain: 'Partner', roles: inProjects(['delta']) },
    ],
    images: [{ project: 'alpha', name: 'alpha', visibility: 'private', count: IMAGES_OF_ALPHA }],
  })
}
