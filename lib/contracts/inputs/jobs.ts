import { z } from 'zod'
import { jobKinds } from '../jobs'
import { ImageId, ScopeInput } from './scope'

/** More pairs than this are asked for in several jobs: a person can't check more before the click. */
export const maxPairsPerJob = 20_000

/**
 * The most cells of images × projects: a set of pairs with holes is shown as a grid, which is kept small enough to be sent
 * whole while it runs.
 */
export const maxCellsPerJob = 250_000

/** Stop and offer-again take members as they are: a typed name or odd string must be removable too. */
const MemberId = z
  .string()
  .min(1)
  .max(255)
  .refine((text) => text.isWellFormed() && !text.includes('\0'))

const Index = z.number().int().min(0)

export const StartJobInput = ScopeInput.extend({
  kind: z.enum(jobKinds),
  images: z.array(ImageId).min(1).max(2_000),
  projects: z.array(MemberId).min(1).max(2_000),
  /** Pairs of the rectangle that are left out. */
  except: z
    .array(z.tuple([ImageId, MemberId]))
    .max(maxPairsPerJob)
    .default([]),
  /** The pairs themselves, as indexes into `images` and `projects`, where they are no rectangle. Not beside `except`. */
  only: z
    .array(z.tuple([Index, Index]))
    .min(1)
    .max(maxPairsPerJob)
    .optional(),
  /**
   * Images on which one of the projects was seen more than once, as Glance lets it come to. Ending its access there takes
   * looking again, which costs a call that all other pairs are spared.
   */
  twice: z.array(ImageId).max(2_000).optional(),
  /** The recipient's backup vault, for accepting full-server images (IMS). */
  vaultId: z
    .string()
    .regex(/^[A-Za-z0-9-]{1,64}$/)
    .optional(),
  /** Chosen by the browser per click, so that a double click makes one job. */
  idempotencyKey: z.uuid(),
})
  .refine((input) => countPairs(input) <= maxPairsPerJob && countCells(input) <= maxCellsPerJob, {
    path: ['projects'],
    message: 'too_many',
  })
  .refine(({ only, except }) => only === undefined || except.length === 0, { path: ['only'] })
  .refine(
    ({ only = [], images, projects }) =>
      only.every(([image, project]) => image < images.length && project < projects.length),
    { path: ['only'] },
  )

interface PairsInput {
  images: string[]
  projects: string[]
  except: unknown[]
  only?: unknown[]
}
const countCells = ({ images, projects }: PairsInput) => images.length * projects.length
const countPairs = (input: PairsInput) => input.only?.length ?? countCells(input) - input.except.length

export type StartJobInput = z.infer<typeof StartJobInput>

/** A job of the cloud's own, by the id that some other tool or person was given. */
export const UpstreamJobInput = ScopeInput.extend({ id: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/) })

export const JobIdInput = z.object({ id: z.uuid() })
export const RetryJobInput = JobIdInput.extend({ idempotencyKey: z.uuid() })
export const JobItemsInput = JobIdInput.extend({
  offset: z.coerce.number().int().min(0).default(0),
  state: z
    .enum(['all', 'failed', 'done', 'already', 'skipped', 'waiting', 'running', 'unknown'])
    .default('all'),
})
