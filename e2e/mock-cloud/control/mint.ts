import type { Cloud } from '../cloud.ts'
import { newId, newImageId } from '../ids.ts'
import { assignedRoles } from '../keystone/grants.ts'
import type {
  Domain,
  Image,
  ImageFields,
  ImsTraits,
  Member,
  MemberStatus,
  Project,
  User,
} from '../records.ts'

/** An image to make; times in milliseconds. `count` makes so many, their names numbered from 0001. */
export type ImageSpec = Partial<Omit<ImageFields, 'owner'>> & {
  /** Name or id of the owner project; null: nobody's. */
  project: string | null
  name: string | null
  properties?: Record<string, string>
  os_distro?: string
  ims?: ImsTraits
  region?: string
  count?: number
}

/** A membership to make. The image by id or name, the project by name, id, or any other text as it is. */
export type MemberSpec = {
  image: string
  project: string
  status?: MemberStatus
  createdAt?: number
  updatedAt?: number
  type?: Member['type']
  /** A second row of a member that is there already. */
  isTwin?: boolean
}

export type WorldSpec = {
  domains?: { name: string; id?: string; enabled?: boolean }[]
  projects?: { name: string; id?: string; domain?: string; description?: string; enabled?: boolean }[]
  users?: {
    name: string
    id?: string
    domain?: string
    password?: string
    enabled?: boolean
    email?: string
    defaultProject?: string
    roles?: { project: string; role?: string }[]
    totpSecret?: string
    passcode?: string
    isPasswordExpired?: boolean
    hindrance?: User['hindrance']
  }[]
  /** Each stands for a user, in a project or in none. */
  applicationCredentials?: {
    name: string
    user: string
    project?: string
    secret?: string
    expiresAt?: number
    hasAccessRules?: boolean
  }[]
  images?: ImageSpec[]
  members?: MemberSpec[]
}

/** Ids by name. Images of one name: the last one made; `imageIds` has all, in the order asked for. */
export type Minted = {
  domains: Record<string, string>
  projects: Record<string, string>
  users: Record<string, string>
  applicationCredentials: Record<string, string>
  images: Record<string, string>
  imageIds: string[]
}

/** Makes parts of a world directly, past both services and the ledger. Throws where a name is unknown. */
export function mint(cloud: Cloud, spec: WorldSpec): Minted {
  const minted: Minted = {
    domains: {},
    projects: {},
    users: {},
    applicationCredentials: {},
    images: {},
    imageIds: [],
  }
  for (const { name, id = newId(), enabled = true } of spec.domains ?? []) {
    cloud.domains.set(id, { id, name, description: '', enabled } satisfies Domain)
    minted.domains[name] = id
  }
  for (const { name, id = newId(), domain, description = '', enabled = true } of spec.projects ?? []) {
    const domainId = domainIdOf(cloud, domain)
    cloud.projects.set(id, { id, name, domainId, description, enabled, parentId: domainId } satisfies Project)
    minted.projects[name] = id
  }
  for (const user of spec.users ?? []) minted.users[user.name] = mintUser(cloud, user, minted)
  for (const credential of spec.applicationCredentials ?? []) {
    minted.applicationCredentials[credential.name] = mintCredential(cloud, credential, minted)
  }
  for (const image of spec.images ?? []) mintImages(cloud, image, minted)
  for (const member of spec.members ?? []) mintMember(cloud, member, minted)
  return minted
}

function mintUser(cloud: Cloud, spec: NonNullable<WorldSpec['users']>[number], minted: Minted): string {
  const id = spec.id ?? newId()
  const user: User = {
    id,
    name: spec.name,
    domainId: domainIdOf(cloud, spec.domain),
    password: spec.password ?? 'secret',
    enabled: spec.enabled ?? true,
    email: spec.email ?? null,
    defaultProjectId: spec.defaultProject ? projectIdOf(cloud, spec.defaultProject, minted) : null,
    tokensDeadUntil: 0,
    ...secondFactor(spec),
  }
  cloud.users.set(id, user)
  for (const { project, role = 'member' } of spec.roles ?? []) {
    assignedRoles(cloud, id, 'project', projectIdOf(cloud, project, minted)).add(role)
  }
  return id
}

function mintCredential(
  cloud: Cloud,
  spec: NonNullable<WorldSpec['applicationCredentials']>[number],
  minted: Minted,
): string {
  const { name, secret = 'secret', expiresAt = null, hasAccessRules = false } = spec
  const id = newId()
  const projectId = spec.project === undefined ? null : projectIdOf(cloud, spec.project, minted)
  const userId = minted.users[spec.user] ?? spec.user
  const credential = { id, name, secret, userId, projectId, expiresAt, hasAccessRules }
  cloud.signIns.credentials.set(id, credential)
  return id
}

function secondFactor(spec: NonNullable<WorldSpec['users']>[number]): Partial<User> {
  const { totpSecret, passcode, isPasswordExpired, hindrance } = spec
  return {
    ...(totpSecret === undefined ? {} : { totpSecret }),
    ...(passcode === undefined ? {} : { passcode }),
    ...(isPasswordExpired === undefined ? {} : { isPasswordExpired }),
    ...(hindrance === undefined ? {} : { hindrance }),
  }
}

function mintImages(cloud: Cloud, spec: ImageSpec, minted: Minted): void {
  const { project, region, count, properties, os_distro, ims = {}, ...fields } = spec
  const owner = project === null ? null : projectIdOf(cloud, project, minted)
  for (let n = 1; n <= (count ?? 1); n += 1) {
    const name = count === undefined ? fields.name : `${fields.name}-${`${n}`.padStart(4, '0')}`
    const now = cloud.clock.stamp()
    const image: Image = {
      disk_format: 'qcow2',
      container_format: 'bare',
      visibility: ims.gold ? 'public' : 'shared',
      size: 2_361_393_152,
      virtual_size: null,
      status: 'active',
      checksum: null,
      protected: false,
      min_ram: 0,
      min_disk: 0,
      os_hidden: false,
      os_hash_algo: null,
      os_hash_value: null,
      created_at: now,
      updated_at: fields.created_at ?? now,
      tags: [],
      ...fields,
      id: fields.id ?? newImageId(),
      name,
      owner,
      properties: { ...properties, ...(os_distro ? { os_distro } : {}) },
      ims,
      head: null,
      members: new Map(),
    }
    cloud.images(region).add(image)
    minted.imageIds.push(image.id)
    if (name !== null) minted.images[name] = image.id
  }
}

function mintMember(cloud: Cloud, spec: MemberSpec, minted: Minted): void {
  const imageId = minted.images[spec.image] ?? spec.image
  const store = cloud.storeOf(imageId)
  const image = store?.images.get(imageId)
  if (!store || !image) throw new Error(`no image ${spec.image} to give a member`)
  const createdAt = spec.createdAt ?? cloud.clock.stamp()
  const member: Member = {
    memberId: minted.projects[spec.project] ?? findProject(cloud, spec.project)?.id ?? spec.project,
    imageId,
    status: spec.status ?? 'pending',
    createdAt,
    updatedAt: spec.updatedAt ?? createdAt,
    ...(spec.type ? { type: spec.type } : {}),
  }
  if (spec.isTwin) store.addTwin(image, member)
  else store.addMember(image, member)
}

function domainIdOf(cloud: Cloud, named = 'default'): string {
  const found = [...cloud.domains.values()].find((domain) => domain.id === named || domain.name === named)
  if (!found) throw new Error(`no domain ${named}`)
  return found.id
}

function projectIdOf(cloud: Cloud, named: string, minted: Minted): string {
  const id = minted.projects[named] ?? findProject(cloud, named)?.id
  if (!id) throw new Error(`no project ${named}`)
  return id
}

function findProject(cloud: Cloud, named: string): Project | undefined {
  return cloud.projects.get(named) ?? [...cloud.projects.values()].find((project) => project.name === named)
}
