import type { Cloud } from '../cloud.ts'
import { applyFlavour, type Flavour } from '../flavours.ts'
import { seedBase } from './base.ts'
import { seedDemo } from './demo.ts'
import { seedDemoOtc } from './demo-otc.ts'
import { seedFacts } from './facts.ts'

/** Known worlds, each filled into a cleared cloud. */
const SEEDS: Readonly<Record<string, (cloud: Cloud) => void>> = {
  empty: (cloud) => seedBase(cloud, 'secret'),
  facts: seedFacts,
  demo: seedDemo,
  'demo-otc': seedDemoOtc,
}

/** The kind of cloud that a world is made for, where it is for one alone. */
const FLAVOUR_OF_SEED: Readonly<Record<string, Flavour>> = { 'demo-otc': 'otc' }

/** Replaces the world by a seeded one in a cloud of the kind wanted, else of the seed's own, else of the kind the cloud was
 * started as. Throws for an unknown seed or kind. */
export function resetTo(cloud: Cloud, seed: string, wanted?: Flavour): void {
  const fill = SEEDS[seed]
  if (!fill) throw new Error(`no seed ${seed}; there are ${Object.keys(SEEDS).join(', ')}`)
  cloud.clear()
  applyFlavour(cloud, wanted ?? FLAVOUR_OF_SEED[seed] ?? cloud.homeFlavour)
  fill(cloud)
}
