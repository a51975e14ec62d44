import 'server-only'
import { z } from 'zod'
import type { ActivityChange, ActivityFacts, ActivityVerb } from '../../contracts/activity'
import { type AuditPolicy, exportSubjects, findingKinds } from '../../contracts/audits'
import { AuditPolicyInput } from '../../contracts/inputs/audits'

/** What was stored of an act beside its images and projects. */
export interface MoreTargets {
  imageId?: string
  name?: string
  before?: string
  after?: string
  pairs?: number
  requestId?: string
  auditId?: string
  /** Of the audit it was about. */
  reach?: string
}

/** What a share is before and after; the answer that was there before is not stored. */
const ofMembers: Partial<Record<ActivityVerb, [before: string, after: string]>> = {
  'share.share': ['not_shared', 'pending'],
  'share.stop': ['shared', 'not_shared'],
  'share.offer_again': ['shared', 'pending'],
  'share.accept': ['shared', 'accepted'],
  'share.reject': ['shared', 'rejected'],
}

/** What an act was to change, from what to what. */
export function changesOf(verb: ActivityVerb, { before, after }: MoreTargets): ActivityChange[] {
  const share = ofMembers[verb]
  if (share) return [{ of: 'membership', before: share[0], after: share[1] }]
  if (before === undefined || after === undefined) return []
  if (verb === 'audit.policy') return settings(before, after)
  return [{ of: verb === 'audit.note' ? 'note' : 'visibility', before, after }]
}

/** The settings that differ between two stored policies. */
function settings(before: string, after: string): ActivityChange[] {
  const [was, is] = [policyOf(before), policyOf(after)]
  return AuditPolicyInput.keyof().options.flatMap((of) => {
    const change = { of, before: said(was[of]), after: said(is[of]) }
    return change.before === change.after ? [] : [change]
  })
}

function policyOf(stored: string): Partial<AuditPolicy> {
  try {
    return AuditPolicyInput.partial().parse(JSON.parse(stored))
  } catch {
    return {}
  }
}

function said(value: AuditPolicy[keyof AuditPolicy] | undefined): string | null {
  if (value === null || value === undefined) return null
  return Array.isArray(value) ? value.join(', ') : String(value)
}

const count = z.number().int().nonnegative().optional().catch(undefined)

/** As it is stored: by what writes it, each act under the same names. What is no such thing is left out. */
const Facts = z.object({
  reach: z.enum(['cloud', 'own']).optional().catch(undefined),
  images: count,
  refused: count,
  members: count,
  what: z.enum(exportSubjects).optional().catch(undefined),
  kind: z.enum(findingKinds).optional().catch(undefined),
  earlier: z.string().optional().catch(undefined),
  format: z.string().optional().catch(undefined),
  filter: z.record(z.string(), z.string()).optional().catch(undefined),
  rows: count,
  note: z.string().optional().catch(undefined),
  readOnly: z.boolean().optional().catch(undefined),
}) satisfies z.ZodType<ActivityFacts>

/** What else is stored of an act: what was wanted, and over it what came of it. */
export function factsOf(wanted: object, result: object | null): ActivityFacts {
  return Facts.parse({ ...wanted, ...result })
}
