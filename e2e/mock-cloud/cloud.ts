import { CloudClock } from './clock.ts'
import { FaultList } from './faults.ts'
import type { Flavour } from './flavours.ts'
import { HoldList } from './holds.ts'
import { newId } from './ids.ts'
import { ImageStore } from './image-store.ts'
import { JobList } from './ims/job-list.ts'
import { SignInState } from './keystone/sign-in-state.ts'
import { Ledger } from './ledger.ts'
import type { Domain, Project, Role, Token, User } from './records.ts'
import { defaultSettings, type Settings } from './settings.ts'

/** Where the services are reached from outside, as they write it into links and the catalogue. */
export type Addresses = { identity: string; image: string; control: string }

/** A token the image service has validated, with what it believes about it. */
export type SeenToken = {
  userId: string
  projectId: string | null
  roles: string[]
  expiresAt: number
  believedUntil: number
}

/** The whole state of the fake cloud. A reset makes a new world but keeps the object, so servers hold on to it. */
export class Cloud {
  readonly clock = new CloudClock()
  readonly ledger = new Ledger()
  readonly holds = new HoldList()
  readonly faults = new FaultList()
  readonly jobs = new JobList()
  readonly signIns = new SignInState()
  settings: Settings = defaultSettings()
  regions: string[] = ['north']
  /** The regions a reset goes back to. */
  homeRegions: string[] = ['north']
  /** The kind of cloud a reset goes back to. */
  homeFlavour: Flavour = 'openstack'
  addresses: Addresses = { identity: '', image: '', control: '' }

  domains = new Map<string, Domain>()
  projects = new Map<string, Project>()
  users = new Map<string, User>()
  roles = new Map<string, Role>()
  /** User id -> `project:<id>` or `domain:<id>` -> names of the roles assigned there. */
  assignments = new Map<string, Map<string, Set<string>>>()
  tokens = new Map<string, Token>()
  seenTokens = new Map<string, SeenToken>()
  #stores = new Map<string, ImageStore>()

  /** Empties the world: no users, no images, default settings, no holds or faults, an empty ledger. */
  clear(): void {
    this.settings = defaultSettings()
    this.regions = this.homeRegions
    for (const map of [this.domains, this.projects, this.users, this.roles, this.assignments]) map.clear()
    this.tokens.clear()
    this.seenTokens.clear()
    this.#stores.clear()
    this.holds.clear()
    this.faults.clear()
    this.jobs.clear()
    this.signIns.clear()
    this.ledger.clear()
    for (const name of ['admin', 'member', 'reader', 'service']) {
      const id = newId()
      this.roles.set(id, { id, name })
    }
  }

  /** The images of a region; the first region when none is named. */
  images(region = this.regions[0] ?? ''): ImageStore {
    const store = this.#stores.get(region)
    if (store) return store
    const made = new ImageStore()
    this.#stores.set(region, made)
    return made
  }

  /** The store that holds an image, in any region. */
  storeOf(imageId: string): ImageStore | undefined {
    return [...this.#stores.values()].find((store) => store.images.has(imageId))
  }

  /** Names of the roles a user has on a project or domain, with the ones they imply (admin > member > reader). */
  rolesOn(userId: string, kind: 'project' | 'domain', targetId: string): string[] {
    const assigned = this.assignments.get(userId)?.get(`${kind}:${targetId}`)
    if (!assigned) return []
    const all = new Set(assigned)
    if (all.has('admin')) all.add('member')
    if (all.has('member')) all.add('reader')
    return [...all]
  }
}
