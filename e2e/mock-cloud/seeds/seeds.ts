import type { Cloud } from '../cloud.ts'
import { seedBase } from './base.ts'
import { seedDemo } from './demo.ts'
import { seedFacts } from './facts.ts'

/** Known worlds, each filled into a cleared cloud. */
const SEEDS: Readonly<Record<string, (cloud: Cloud) => void>> = {
  empty: (cloud) => seedBase(cloud, 'secret'),
  facts: seedFacts,
  demo: seedDemo,
}

/** Replaces the world by a seeded one. Throws for an unknown seed. */
export function resetTo(cloud: Cloud, seed: string): void {
  const fill = SEEDS[seed]
  if (!fill) throw new Error(`no seed ${seed}; there are ${Object.keys(SEEDS).join(', ')}`)
  cloud.clear()
  fill(cloud)
}
