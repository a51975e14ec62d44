import 'server-only'
import { type Capabilities, type CapabilityValues, capabilityKeys } from '../../contracts/clouds'
import type { Clock } from '../clock'
import { assumed, type CloudKind } from '../cloud/capability-defaults'
import { CloudError } from '../cloud/cloud-error'
import type { CloudConfig } from '../cloud/clouds'
import type { CloudFamily } from '../cloud/family'
import { type ProbeAccess, type Probed, probe } from '../cloud/probe'
import { log } from '../log'
import { type FoundCapabilities, findCapabilities, keepProbed } from '../store/capability-rows'
import type { Store } from '../store/store'

export const probeLimits = {
  /** A clear answer counts this long: clouds are upgraded. */
  validMs: 24 * 60 * 60_000,
  /** Other replicas learn too, so what was read from the store is read again after this. */
  rereadMs: 10_000,
  /** After an unclear answer the cloud is left alone, longer each time; never longer than the second. */
  quietMs: 5_000,
  longestQuietMs: 5 * 60_000,
} as const

interface Parts {
  store: Store
  clock: Clock
}

interface Asked {
  config: Pick<CloudConfig, 'name' | 'capabilities' | 'naming'>
  region: string
  /** With any project's token; null where there is none, then nothing is asked for. */
  access: ProbeAccess | null
}

/** What this process knows of one cloud and region. */
interface Known {
  found: FoundCapabilities
  readAt: number
  asking: Promise<void> | null
  unclear: number
  quietUntil: number
}

const places = new WeakMap<Store, Map<string, Known>>()

/** How a cloud's region is spoken to. Probed once for all of its users; never fails for want of a clear answer. */
export async function familyOf(parts: Parts, asked: Asked): Promise<CloudFamily> {
  const { sharing, image_list, job_endpoint, visibility_model } = await capabilitiesOf(parts, asked)
  return {
    sharing: sharing.value,
    image_list: image_list.value,
    job_endpoint: job_endpoint.value,
    visibility_model: visibility_model.value,
  }
}

/**
 * Everything a cloud's region can do, with how that is known: the configuration first, then what was found out, then what
 * holds for clouds of its kind.
 */
export async function capabilitiesOf(parts: Parts, { config, region, access }: Asked): Promise<Capabilities> {
  const place = { cloud: config.name, region }
  const known = await knownOf(parts, place)
  if (access && isOpen(known, config, access, parts.clock.now())) {
    known.asking ??= ask(parts, place, known, access).finally(() => {
      known.asking = null
    })
    await known.asking
  }
  return merge(config, known.found)
}

async function knownOf({ store, clock }: Parts, place: { cloud: string; region: string }): Promise<Known> {
  const ofStore = places.get(store) ?? new Map<string, Known>()
  places.set(store, ofStore)
  const key = `${place.cloud} ${place.region}`
  const known = ofStore.get(key)
  if (known && clock.now() - known.readAt < probeLimits.rereadMs) return known
  const found = await findCapabilities(store.db, place)
  const kept = ofStore.get(key) ?? { found, readAt: 0, asking: null, unclear: 0, quietUntil: 0 }
  ofStore.set(key, Object.assign(kept, { found, readAt: clock.now() }))
  return kept
}

const probedKeys = ['sharing', 'image_list', 'visibility_model'] as const satisfies (keyof Probed)[]

const originOf = ({ endpoint }: ProbeAccess) => new URL(endpoint).origin

/** Whether a question is open that probing may answer. */
function isOpen(
  known: Known,
  { capabilities }: Pick<CloudConfig, 'capabilities'>,
  access: ProbeAccess,
  now: number,
): boolean {
  if (known.asking) return true
  if (now < known.quietUntil) return false
  return probedKeys.some((key) => {
    if (capabilities[key] !== undefined) return false
    const fact = known.found[key]
    return !fact || fact.origin !== originOf(access) || now - fact.at.getTime() >= probeLimits.validMs
  })
}

async function ask(
  { store, clock }: Parts,
  place: { cloud: string; region: string },
  known: Known,
  access: ProbeAccess,
): Promise<void> {
  const answers = await probe(access).catch((error: unknown) => {
    if (error instanceof CloudError && error.code === 'unauthenticated') return null
    throw error
  })
  // A dead token says nothing about the cloud. Whoever brought it hears so from the call they came for.
  if (answers === null) return
  const now = clock.now()
  await keepProbed(store.db, place, answers, originOf(access), now)
  known.found = await findCapabilities(store.db, place)
  const isClear = probedKeys.every((key) => answers[key] !== undefined)
  known.unclear = isClear ? 0 : known.unclear + 1
  known.quietUntil = isClear ? 0 : now + quiet(known.unclear)
  if (!isClear) log.warn('a cloud did not say clearly what it can do', place)
}

const quiet = (times: number) =>
  Math.min(probeLimits.quietMs * 2 ** Math.min(times - 1, 10), probeLimits.longestQuietMs)

function kindOf(found: FoundCapabilities, configured: Partial<CapabilityValues>): CloudKind {
  const is = <Key extends keyof Probed>(key: Key) => configured[key] ?? found[key]?.value
  if (is('sharing') === 'batch' || is('image_list') === 'cloudimages') return 'ims'
  if (is('visibility_model') === 'private') return 'old_glance'
  return is('visibility_model') === 'shared' ? 'glance' : 'unknown'
}

function merge(config: Asked['config'], found: FoundCapabilities): Capabilities {
  const defaults = assumed(kindOf(found, config.capabilities), config)
  const entries = capabilityKeys.map((key) => {
    const configured = config.capabilities[key]
    if (configured !== undefined) return [key, { value: configured, source: 'configured', at: null }]
    const fact = found[key]
    if (fact) return [key, { value: fact.value, source: fact.source, at: fact.at.toISOString() }]
    return [key, { ...defaults[key], at: null }]
  })
  // One entry per key, each made of that key's own values.
  return Object.fromEntries(entries) as Capabilities
}
