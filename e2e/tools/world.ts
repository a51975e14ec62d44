import type { Scope } from '../../lib/contracts/scope.ts'
import type { ImageSpec, MemberSpec } from '../mock-cloud/control/mint.ts'
import type { MockCloud } from '../mock-cloud/control-client.ts'
import { newId } from '../mock-cloud/ids.ts'
import { cloudName } from './action-client.ts'

export interface Project {
  id: string
  name: string
}

export interface Person {
  id: string
  /** The user's name, unique in the cloud. */
  user: string
  password: string
  domain?: string
  /** For a session that changes nothing. */
  readOnly?: boolean
}

const region = 'north'
const password = 'a password of the fake cloud'

/** Projects, users and images of one test alone, in a fake cloud that several tests share. */
export class World {
  readonly #cloud: MockCloud
  readonly #tag = newId().slice(0, 6)

  constructor(cloud: MockCloud) {
    this.#cloud = cloud
  }

  async project(name: string): Promise<Project> {
    const unique = `${name}-${this.#tag}`
    const { projects } = await this.#cloud.mint({ projects: [{ name: unique }] })
    return { id: projects[unique] ?? '', name: unique }
  }

  projects(...names: string[]): Promise<Project[]> {
    return Promise.all(names.map((name) => this.project(name)))
  }

  /** A user with one role in the projects, but where one names its own. */
  async user(
    name: string,
    projects: readonly (Project & { role?: string })[],
    role = 'member',
  ): Promise<Person> {
    const user = `${name}-${this.#tag}`
    const roles = projects.map(({ id, role: own = role }) => ({ project: id, role: own }))
    const { users } = await this.#cloud.mint({ users: [{ name: user, password, roles }] })
    return { id: users[user] ?? '', user, password }
  }

  /** One image; its id. */
  image(project: Project, name: string, spec: Partial<ImageSpec> = {}): Promise<string> {
    return this.#cloud.mintImage({ ...spec, project: project.id, name })
  }

  /** So many images, their names numbered from `<name>-0001`; their ids. */
  async images(
    project: Project,
    name: string,
    count: number,
    spec: Partial<ImageSpec> = {},
  ): Promise<string[]> {
    const { imageIds } = await this.#cloud.mint({ images: [{ ...spec, project: project.id, name, count }] })
    return imageIds
  }

  /** Shares an image behind the dashboard's back. */
  async share(
    image: string,
    projects: readonly Project[],
    status: MemberSpec['status'] = 'pending',
  ): Promise<void> {
    await this.#cloud.mintMembers(projects.map(({ id }) => ({ image, project: id, status })))
  }

  /** Members of an image as the cloud has them: status by project id. */
  async members(image: string): Promise<Record<string, string>> {
    const { members } = await this.#cloud.image(image)
    return Object.fromEntries(members.map(({ memberId, status }) => [memberId, status]))
  }
}

/** Where a project is in the dashboard's addresses. */
export function scopeOf(project: Project): Scope {
  return { cloud: cloudName, region, project: project.id }
}
