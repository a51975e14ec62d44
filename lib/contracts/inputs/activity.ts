import { z } from 'zod'
import { activityFormats, activityOutcomes, activityVerbs } from '../activity'

/** PostgreSQL has no NUL in a text, and lone surrogates are none. */
const Text = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .refine((text) => !text.includes('\0') && text.isWellFormed())

/** A day in UTC, 2026-11-20. */
const Day = z.iso.date().refine((day) => day >= '2000' && day < '2100')

/** Which acts: of one kind, with one outcome, by one user id, about what this text names, within days, both included. */
export const ActivityFilterInput = z.object({
  verb: z.enum(activityVerbs).optional(),
  outcome: z.enum(activityOutcomes).optional(),
  actor: Text(255).optional(),
  text: Text(200).optional(),
  since: Day.optional(),
  until: Day.optional(),
})
export type ActivityFilterInput = z.output<typeof ActivityFilterInput>

/** `cursor` is the `next` of the page before. */
export const ActivityPageInput = ActivityFilterInput.extend({
  cursor: z
    .string()
    .regex(/^\d{1,14}\.\d{1,15}$/)
    .optional(),
})

export const ActivityExportInput = ActivityFilterInput.extend({ format: z.enum(activityFormats) })
