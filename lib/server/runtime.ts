import 'server-only'
import { audits } from './audits/audits'
import { dropOldAudit } from './audits/retention'
import { type Bus, openBus } from './bus'
import { type Chance, type Clock, systemChance, systemClock } from './clock'
import { type CloudHttp, createCloudHttp } from './cloud/cloud-http'
import { type CloudConfig, loadClouds } from './cloud/clouds'
import { createIdentity, type Identity } from './cloud/identity'
import { type Env, env } from './env'
import { bulkActs } from './jobs/bulk-acts'
import { createEngine, type Engine } from './jobs/engine'
import { readFaultPoints } from './jobs/fault-points'
import { causeOf, log } from './log'
import { revokeDueTokens } from './session/revoker'
import { loadSecrets, type Secrets } from './session/secrets'
import { endExpiredSessions } from './session/session-rows'
import { dropOldSteps } from './session/sign-in-steps'
import { forgetOldFailures } from './session/sign-in-throttle'
import { openStore, type Store } from './store/store'

export interface CloudClient {
  config: CloudConfig
  http: CloudHttp
  identity: Identity
}

export type CloudClients = ReadonlyMap<string, CloudClient>

/** Everything a request or a worker needs that lives as long as the process. */
export interface Runtime {
  env: Env
  clock: Clock
  chance: Chance
  secrets: Secrets
  store: Store
  clouds: CloudClients
  bus: Bus
  engine: Engine
  /** Ends every open event stream when the process goes down. */
  closing: AbortSignal
  close(): Promise<void>
}

const housekeepingMs = 5_000

async function start(): Promise<Runtime> {
  const settings = env()
  const clock = systemClock
  const chance = systemChance
  const secrets = loadSecrets(settings, chance)
  const clouds = new Map(
    [...loadClouds(settings)].map(([name, config]): [string, CloudClient] => {
      const http = createCloudHttp(config, { clock, chance })
      return [name, { config, http, identity: createIdentity(config, http) }]
    }),
  )
  const store = await openStore(settings)
  const bus = await openBus(store)
  const faults = readFaultPoints(
    settings,
    [...clouds.values()].map((cloud) => cloud.config.authUrl),
  )
  const parts = { env: settings, clock, secrets, store, clouds, bus, faults }
  const engine = await createEngine(store, [bulkActs(parts), audits(parts)])
  const closing = new AbortController()
  const keeping = keepHouse(async () => {
    await endExpiredSessions(store, clock.now())
    await dropOldSteps(store, clock.now())
    await forgetOldFailures(store, clock.now())
    await revokeDueTokens({ store, secrets, clouds }, clock.now())
    await dropOldAudit(store, clock.now())
  })
  return {
    env: settings,
    clock,
    chance,
    secrets,
    store,
    clouds,
    bus,
    engine,
    closing: closing.signal,
    async close() {
      closing.abort()
      await keeping.stop()
      await engine.stop()
      await bus.close()
      await Promise.all([...clouds.values()].map((cloud) => cloud.http.close()))
      await store.close()
    },
  }
}

/** Runs a chore again and again, never twice at once. */
function keepHouse(chore: () => Promise<void>) {
  let running: Promise<void> = Promise.resolve()
  let busy = false
  const timer = setInterval(() => {
    if (busy) return
    busy = true
    running = chore()
      .catch((error: unknown) => log.warn('housekeeping failed', { cause: causeOf(error) }))
      .finally(() => {
        busy = false
      })
  }, housekeepingMs)
  timer.unref()
  return {
    stop: () => {
      clearInterval(timer)
      return running
    },
  }
}

/** Instrumentation, actions and handlers are separate module instances in a build; only `globalThis` is shared. */
const shared = globalThis as { shareboardRuntime?: Promise<Runtime> }

/** The one runtime of this process, started on first use. A failed start is tried again by the next request. */
export function runtime(): Promise<Runtime> {
  shared.shareboardRuntime ??= start().catch((error: unknown) => {
    shared.shareboardRuntime = undefined
    throw error
  })
  return shared.shareboardRuntime
}

/** Whether a runtime was started, without starting one. */
export const runtimeIfStarted = () => shared.shareboardRuntime
