import 'server-only'
import { audits } from '../audits/audits'
import { openBus } from '../bus'
import { type Chance, type Clock, systemClock } from '../clock'
import { createCloudHttp } from '../cloud/cloud-http'
import { loadClouds } from '../cloud/clouds'
import { createIdentity } from '../cloud/identity'
import { type Env, readEnv } from '../env'
import { bulkActs } from '../jobs/bulk-acts'
import { createEngine, type Engine } from '../jobs/engine'
import type { CloudClient, Runtime } from '../runtime'
import { secretsFrom } from '../session/secrets'
import type { Store } from '../store/store'
import type { FakeCloud } from './fake-cloud'
import { hastyChance } from './seeded-chance'
import { noFaultPoints } from './test-jobs'

const testSecret = 'a secret of tests, long enough to be taken'.replaceAll(' ', '-')

/** The settings of a dashboard that knows one fake cloud, named `openstack`. */
export function testEnv(fake: Pick<FakeCloud, 'authUrl'>, more: Record<string, string> = {}): Env {
  return readEnv({
    NODE_ENV: 'test',
    OS_AUTH_URL: fake.authUrl,
    SHAREBOARD_SECRET: testSecret,
    SHAREBOARD_LOG_LEVEL: 'silent',
    ...more,
  })
}

interface Options {
  fake: FakeCloud
  store: Store
  clock?: Clock
  chance?: Chance
  env?: Record<string, string>
  /** `real` starts a worker on the store; `none` (the default) only notes what was submitted. */
  engine?: 'real' | 'none'
}

export type TestRuntime = Runtime & { submitted: string[] }

/** A runtime with everything injected. Does not close the store: a test file opens one for all its runtimes. */
export async function testRuntime(options: Options): Promise<TestRuntime> {
  const { fake, store, clock = systemClock, chance = hastyChance } = options
  const env = testEnv(fake, options.env)
  const secrets = secretsFrom([testSecret], chance)
  const clouds = new Map(
    [...loadClouds(env)].map(([name, config]): [string, CloudClient] => {
      const http = createCloudHttp(config, { clock, chance })
      return [name, { config, http, identity: createIdentity(config, http) }]
    }),
  )
  const bus = await openBus(store)
  const submitted: string[] = []
  const noEngine: Engine = {
    submit: async (_db, _queue, id) => {
      submitted.push(id)
    },
    stop: async () => {},
  }
  const parts = { env, clock, secrets, store, clouds, bus, faults: noFaultPoints }
  const engine =
    options.engine === 'real' ? await createEngine(store, [bulkActs(parts), audits(parts)]) : noEngine
  const closing = new AbortController()
  return {
    env,
    clock,
    chance,
    secrets,
    store,
    clouds,
    bus,
    engine,
    submitted,
    closing: closing.signal,
    async close() {
      closing.abort()
      await engine.stop()
      await bus.close()
      await Promise.all([...clouds.values()].map((cloud) => cloud.http.close()))
    },
  }
}
