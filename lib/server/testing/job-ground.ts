import 'server-only'
import { afterAll, afterEach, beforeAll } from 'vitest'
import type { CloudHttp } from '../cloud/cloud-http'
import { type CloudFamily, glanceFamily } from '../cloud/family'
import { jobCall } from '../store/schema'
import type { Store } from '../store/store'
import { type FakeCloud, startFakeCloud } from './fake-cloud'
import { hastyHttp } from './image-access'
import { type JobWorld, jobWorld } from './job-world'
import type { TestStore } from './stores'

/** What tests of jobs stand on: a store, a fake cloud and a client of it for all of a block. */
interface JobGround {
  readonly store: Store
  readonly fake: FakeCloud
  readonly http: CloudHttp
  /** What was begun last. */
  readonly world: JobWorld
  /** Mints an owner with images and recipients of its own; the ledger begins with what comes then. */
  begin(size: { images: number; projects: number }): Promise<JobWorld>
}

/** For the beginning of a `describe`: it opens and closes what its tests stand on, and takes back after each what it did to the cloud. */
export function jobGround(open: () => Promise<TestStore>, family: CloudFamily = glanceFamily): JobGround {
  let place: TestStore
  let fake: FakeCloud
  let http: CloudHttp
  let world: JobWorld
  let settings: FakeCloud['cloud']['settings']
  beforeAll(async () => {
    const flavour = family.sharing === 'batch' ? ('otc' as const) : undefined
    ;[fake, place] = await Promise.all([startFakeCloud({ flavour }), open()])
    // Nothing here is about signing in.
    fake.cloud.settings.identity = 'keystone'
    settings = { ...fake.cloud.settings }
    http = hastyHttp()
  })
  afterAll(async () => {
    await http.close()
    await Promise.all([place.close(), fake.stop()])
  })
  afterEach(async () => {
    fake.heal()
    fake.cloud.holds.clear()
    Object.assign(fake.cloud.settings, settings)
    await place.store.db.delete(jobCall)
  })
  return {
    get store() {
      return place.store
    },
    get fake() {
      return fake
    },
    get http() {
      return http
    },
    get world() {
      return world
    },
    async begin(size) {
      world = await jobWorld(fake, http, place.store, size, family)
      fake.cloud.ledger.clear()
      return world
    },
  }
}
