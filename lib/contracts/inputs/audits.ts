import { z } from 'zod'
import { type AuditPolicy, exportFormats, exportSubjects, findingKinds } from '../audits'
import { ScopeInput } from './scope'

export const AuditIdInput = ScopeInput.extend({ id: z.uuid() })

/** The rate comes from the policy, so that nobody has to ask for politeness each time. */
export const StartAuditInput = ScopeInput.extend({ idempotencyKey: z.uuid() })

export const AuditRowsInput = AuditIdInput.extend({
  after: z
    .string()
    .regex(/^\d{1,9}$/)
    .default('0'),
})

export const AuditChangesInput = AuditIdInput.extend({ earlier: z.uuid() })

export const AuditExportInput = AuditIdInput.extend({
  what: z.enum(exportSubjects),
  format: z.enum(exportFormats),
  /** For differences: the audit to compare with. */
  earlier: z.uuid().optional(),
  /** For findings: this kind alone. */
  kind: z.enum(findingKinds).optional(),
}).refine(({ what, earlier }) => what !== 'changes' || earlier !== undefined, {
  path: ['earlier'],
  message: 'invalid',
})

const Note = z
  .string()
  .max(4_000)
  .refine((text) => text.isWellFormed() && !text.includes('\0'))

/** `before` is the note as its writer saw it. */
export const AuditNoteInput = AuditIdInput.extend({ before: Note, note: Note })

/** `note` is what is signed. */
export const SignOffInput = AuditIdInput.extend({ note: Note })

const Trusted = z
  .array(
    z
      .string()
      .trim()
      .min(1)
      .max(255)
      .refine((text) => text.isWellFormed() && !/\p{Cc}/u.test(text)),
  )
  .max(1_000)
const days = z.number().int().min(1).max(36_500)

export const AuditPolicyInput = z.object({
  trustedDomains: Trusted,
  trustedProjects: Trusted,
  pendingDays: days,
  imageDays: days,
  limitPercent: z.number().int().min(1).max(100),
  keepDays: days.nullable(),
  callsPerSecond: z.number().int().min(1).max(1_000).nullable(),
}) satisfies z.ZodType<AuditPolicy>

/** `seen` is when the rules had been changed last as their writer saw them; null for those to begin with. */
export const SavePolicyInput = ScopeInput.extend({
  policy: AuditPolicyInput,
  seen: z.iso.datetime().nullable(),
})
