import 'server-only'
import { afterAll, afterEach, beforeAll } from 'vitest'
import type { MockCloudOptions } from '../../../e2e/mock-cloud/server.ts'
import type { CloudHttp } from '../cloud/cloud-http'
import type { CloudFamily } from '../cloud/family'
import type { Store } from '../store/store'
import { type AuditWorld, auditWorld } from './audit-world'
import { type FakeCloud, type Minted, startFakeCloud } from './fake-cloud'
import { hastyHttp } from './image-access'
import type { TestStore } from './stores'

/** What tests of audits stand on: a store for all of a block, and for each a fake cloud of its own. */
interface AuditGround {
  readonly store: Store
  readonly fake: FakeCloud
  readonly world: AuditWorld
  /** Starts the test's cloud with these people and projects. It stops after the test. */
  begin(
    people: Parameters<FakeCloud['mint']>[0],
    kind?: { flavour?: MockCloudOptions['flavour']; family?: CloudFamily },
  ): Promise<Minted>
}

/** For the beginning of a `describe`: it opens and closes what its tests stand on. */
export function auditGround(open: () => Promise<TestStore>): AuditGround {
  let place: TestStore
  let http: CloudHttp
  let fake: FakeCloud
  let world: AuditWorld
  beforeAll(async () => {
    place = await open()
    http = hastyHttp()
  })
  afterAll(async () => {
    await http.close()
    await place.close()
  })
  afterEach(() => fake.stop())
  return {
    get store() {
      return place.store
    },
    get fake() {
      return fake
    },
    get world() {
      return world
    },
    async begin(people, { flavour, family } = {}) {
      fake = await startFakeCloud({ flavour })
      world = auditWorld(fake, http, place.store, family)
      return fake.mint(people)
    },
  }
}
