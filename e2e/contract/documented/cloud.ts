import { afterAll, beforeAll, beforeEach } from 'vitest'
import type { ImageSpec, MemberSpec } from '../../mock-cloud/control/mint.ts'
import { MockCloud } from '../../mock-cloud/control-client.ts'
import type { Flavour } from '../../mock-cloud/flavours.ts'
import { type RunningCloud, startMockCloud } from '../../mock-cloud/server.ts'
import { projectNamed, tokenFor } from '../../mock-cloud/test-calls.ts'
import { type Answered, type Asker, ask } from '../ask.ts'

const people = { alice: 'alpha', bob: 'beta', carol: 'gamma', rita: 'alpha' } as const
type Person = keyof typeof people

/** A fake cloud of one kind, the same at the start of each test: alice and rita in alpha, bob in beta, carol in gamma. */
export class DocumentedCloud {
  #running: RunningCloud | undefined
  #control: MockCloud | undefined

  /** Starts and stops with the file that calls it; `regions` as names, one when left out. */
  constructor(flavour: Flavour, regions?: string[]) {
    beforeAll(async () => {
      this.#running = await startMockCloud({ flavour, regions, seed: 'facts' })
      this.#control = new MockCloud(this.#running.controlUrl)
    })
    beforeEach(async () => {
      await this.control.reset('facts')
    })
    afterAll(() => this.#running?.stop())
  }

  get control(): MockCloud {
    if (!this.#control) throw new Error('the cloud is not started yet')
    return this.#control
  }

  /** One of the people in a project of theirs; the token is there without a sign-in, which differs between clouds. */
  as(person: Person): Asker {
    return this.asUser(person, people[person])
  }

  /** The same for any user and project of the world, by name. */
  asUser(name: string, project: string): Asker {
    const cloud = this.#cloud()
    return { url: cloud.addresses.image, token: tokenFor(cloud, name, project) }
  }

  /** The id of a project of the world. */
  project(name: string): string {
    return projectNamed(this.#cloud(), name)
  }

  /** An image of alpha, or of another project; its id. */
  image(spec: Partial<ImageSpec> = {}): Promise<string> {
    return this.control.mintImage({ project: 'alpha', name: 'an image', ...spec })
  }

  share(image: string, project: string, status: MemberSpec['status'] = 'pending'): Promise<void> {
    return this.control.mintMembers([{ image, project, status }])
  }

  /** `project id: status` of all members, as the cloud has them. */
  async members(image: string): Promise<Record<string, string>> {
    const { members } = await this.control.image(image)
    return Object.fromEntries(members.map(({ memberId, status }) => [memberId, status]))
  }

  /** Asks until a job says that it is over; the last answer. */
  async follow(who: Asker, path: string): Promise<Record<string, unknown>> {
    for (;;) {
      const job = (await ask(who, 'GET', path)).body as Record<string, unknown>
      if (job.status === 'SUCCESS' || job.status === 'FAIL' || job.status === undefined) return job
    }
  }

  /** Starts a batch call; the id of its job, or the answer where there is none. */
  async batch(who: Asker, method: 'POST' | 'DELETE' | 'PUT', json: unknown): Promise<string | Answered> {
    const answer = await ask(who, method, '/v1/cloudimages/members', { json })
    const { job_id: id } = (answer.body ?? {}) as { job_id?: string }
    return answer.status === 200 && id ? id : answer
  }

  #cloud() {
    if (!this.#running) throw new Error('the cloud is not started yet')
    return this.#running.cloud
  }
}
