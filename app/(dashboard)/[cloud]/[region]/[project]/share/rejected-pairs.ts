import type { PairPlan } from '@/lib/util/share-plan'
import type { Composer } from './use-composer'

export interface RejectedPair {
  key: string
  image: { id: string; name: string }
  project: string
  pair: Extract<PairPlan, { sharedAt: string }>
}

/** The pairs whose recipient said no, image by image. */
export function rejectedPairs({ images, projects, plan }: Composer): RejectedPair[] {
  return images.flatMap((image, i) =>
    projects.flatMap((project, j): RejectedPair[] => {
      const pair = plan.rows[i]?.[j]
      return pair?.state === 'rejected' ? [{ key: pairKey(image.id, project), image, project, pair }] : []
    }),
  )
}

/** One pair as text, to be ticked by. */
export function pairKey(image: string, project: string): string {
  return `${image} ${project}`
}
