import type { BulkSpec } from './control/bulk.ts'
import type { ImageSpec, MemberSpec, Minted, WorldSpec } from './control/mint.ts'
import type { TokensToEnd } from './control/tokens.ts'
import type { ImageState } from './control/world.ts'
import type { FaultSpec, FaultView } from './faults.ts'
import type { Flavour } from './flavours.ts'
import type { HoldSpec, HoldView } from './holds.ts'
import type { JobPlan, JobView } from './ims/job-list.ts'
import type { LedgerEntry } from './ledger.ts'
import type { CallPattern } from './match.ts'
import type { Image, MemberStatus, Project } from './records.ts'
import type { Settings } from './settings.ts'

export type Calls = { last: number; calls: LedgerEntry[] }
type WaitOptions = { since?: number; timeoutMs?: number }

/** The fake cloud seen from a test: its world, its ledger, its clock, its holds and faults. */
export class MockCloud {
  readonly controlUrl: string

  /** `controlUrl` as the cloud printed it. */
  constructor(controlUrl: string) {
    this.controlUrl = controlUrl
  }

  /**
   * Replaces the whole world; drops held calls, faults, jobs, settings, tokens and the ledger's entries. Without a
   * flavour the cloud becomes again what it was started as.
   */
  async reset(seed: string, flavour?: Flavour): Promise<void> {
    await this.#call('POST', '/reset', { seed, flavour })
  }

  addresses(): Promise<{ identity: string; image: string; control: string; regions: string[] }> {
    return this.#call('GET', '/addresses')
  }

  /** Names of the regions from now on; the first keeps the address without a prefix. */
  async setRegions(regions: string[]): Promise<void> {
    await this.#call('PUT', '/regions', regions)
  }

  settings(): Promise<Settings> {
    return this.#call('GET', '/settings')
  }

  /** Changes the settings named, leaves the others. */
  set(settings: Partial<Settings>): Promise<Settings> {
    return this.#call('PATCH', '/settings', settings)
  }

  /** The cloud's time in milliseconds. */
  async now(): Promise<number> {
    return (await this.#call<{ now: number }>('GET', '/clock')).now
  }

  /** Moves the cloud's clock; tokens expire by it. */
  async advance(seconds: number): Promise<void> {
    await this.#call('POST', '/clock/advance', { seconds })
  }

  /** Makes domains, projects, users, application credentials, images and members directly, in this order. */
  mint(world: WorldSpec): Promise<Minted> {
    return this.#call('POST', '/mint', world)
  }

  /** Makes one image; its id. */
  async mintImage(image: ImageSpec): Promise<string> {
    const [id] = (await this.mint({ images: [image] })).imageIds
    return id ?? ''
  }

  async mintMembers(members: MemberSpec[]): Promise<void> {
    await this.mint({ members })
  }

  /** Makes many images with many members each; the ids of the projects that own them and of the recipients. */
  mintBulk(spec: BulkSpec): Promise<{ owners: string[]; recipients: string[] }> {
    return this.#call('POST', '/mint/bulk', spec)
  }

  /** Renames a project, or switches it on or off. */
  async changeProject(id: string, fields: Partial<Pick<Project, 'name' | 'enabled'>>): Promise<void> {
    await this.#call('PATCH', `/projects/${encodeURIComponent(id)}`, fields)
  }

  /** Deletes a project; its images and memberships stay. */
  async deleteProject(id: string): Promise<void> {
    await this.#call('DELETE', `/projects/${encodeURIComponent(id)}`)
  }

  /** An image with all its members, whoever may see them. */
  image(id: string): Promise<ImageState> {
    return this.#call('GET', `/images/${encodeURIComponent(id)}`)
  }

  /** Changes an image behind everybody's back. */
  changeImage(id: string, fields: Partial<Omit<Image, 'members' | 'head'>>): Promise<ImageState> {
    return this.#call('PATCH', `/images/${encodeURIComponent(id)}`, fields)
  }

  async deleteImage(id: string): Promise<void> {
    await this.#call('DELETE', `/images/${encodeURIComponent(id)}`)
  }

  /** Adds a membership, or sets the status of one. */
  async setMember(imageId: string, projectId: string, status: MemberStatus): Promise<void> {
    await this.#call('PUT', memberPath(imageId, projectId), { status })
  }

  /** Takes a membership away, or one of its two rows. */
  async removeMember(imageId: string, projectId: string): Promise<void> {
    await this.#call('DELETE', memberPath(imageId, projectId))
  }

  /** The calls after `since` that fit, oldest first, and the number of the newest call of all. */
  ledger(pattern: CallPattern & { since?: number } = {}): Promise<Calls> {
    return this.#call('GET', `/ledger?${queryOf(pattern)}`)
  }

  /** Waits until `count` calls that fit have arrived (`answered`: and were answered). Throws after `timeoutMs`. */
  waitForCalls(
    pattern: CallPattern,
    count: number,
    options: WaitOptions & { answered?: boolean } = {},
  ): Promise<Calls> {
    const { answered, ...rest } = options
    return this.#call(
      'GET',
      `/ledger/wait?${queryOf({ ...pattern, ...rest, count, ...(answered ? { answered: 1 } : {}) })}`,
    )
  }

  /** Ends tokens at once; those of a user, of a project, or all. Returns how many. */
  async endTokens(which: TokensToEnd): Promise<number> {
    return (await this.#call<{ ended: number }>('POST', '/tokens/end', which)).ended
  }

  /** Makes matching calls wait. */
  async hold(spec: HoldSpec): Promise<HoldHandle> {
    const { id } = await this.#call<{ id: string }>('POST', '/holds', spec)
    return new HoldHandle(id, (method, path, body) => this.#call(method, path, body))
  }

  holds(): Promise<HoldView[]> {
    return this.#call('GET', '/holds')
  }

  /** Ends all holds; who waits goes on. */
  async endHolds(): Promise<void> {
    await this.#call('DELETE', '/holds')
  }

  /** Makes matching calls fail; the id is for `removeFault`. */
  async fault(spec: FaultSpec): Promise<string> {
    return (await this.#call<{ id: string }>('POST', '/faults', spec)).id
  }

  faults(): Promise<FaultView[]> {
    return this.#call('GET', '/faults')
  }

  async removeFault(id: string): Promise<void> {
    await this.#call('DELETE', `/faults/${id}`)
  }

  async clearFaults(): Promise<void> {
    await this.#call('DELETE', '/faults')
  }

  /** Says how the next IMS jobs go; plans are used up in the order they were made. */
  async planJobs(plan: JobPlan): Promise<void> {
    await this.#call('POST', '/ims/jobs/plan', plan)
  }

  /** The IMS jobs in the order they were started, and what each of them changed. */
  imsJobs(): Promise<JobView[]> {
    return this.#call('GET', '/ims/jobs')
  }

  /** Lets a job that was planned never to end, or all of them, end at once. Returns how many did. */
  async releaseJobs(id?: string): Promise<number> {
    return (await this.#call<{ released: number }>('POST', '/ims/jobs/release', { id })).released
  }

  async #call<Result>(method: string, path: string, body?: unknown): Promise<Result> {
    const response = await fetch(`${this.controlUrl}${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const result = (await response.json()) as Result & { error?: string }
    if (!response.ok) throw new Error(`mock cloud, ${method} ${path}: ${result.error}`)
    return result
  }
}

type Caller = (method: string, path: string, body?: unknown) => Promise<unknown>

/** A hold that was set: see who waits, let them go. */
export class HoldHandle {
  readonly id: string
  readonly #call: Caller

  constructor(id: string, call: Caller) {
    this.id = id
    this.#call = call
  }

  /** Resolves when `count` calls wait here; throws after `timeoutMs` (10 s). */
  async waitFor(count: number, timeoutMs = 10_000): Promise<void> {
    await this.#call('GET', `/holds/${this.id}?${queryOf({ waiting: count, timeoutMs })}`)
  }

  /** How many wait now. */
  async waiting(): Promise<number> {
    return ((await this.#call('GET', `/holds/${this.id}`)) as HoldView).waiting.length
  }

  /** Lets the oldest `count` go on, or all that wait; the hold goes on catching. */
  async release(count?: number): Promise<number> {
    const done = (await this.#call('POST', `/holds/${this.id}/release`, { count })) as { released: number }
    return done.released
  }

  /** Lets all go on and catches no more. */
  async remove(): Promise<void> {
    await this.#call('DELETE', `/holds/${this.id}`)
  }
}

function memberPath(imageId: string, projectId: string): string {
  return `/images/${encodeURIComponent(imageId)}/members/${encodeURIComponent(projectId)}`
}

function queryOf(values: Record<string, string | number | undefined>): string {
  const given = Object.entries(values).filter(([, value]) => value !== undefined)
  return new URLSearchParams(given.map(([name, value]) => [name, `${value}`])).toString()
}
