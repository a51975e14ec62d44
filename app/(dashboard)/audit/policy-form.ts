import type { AuditPolicy, AuditProject } from '@/lib/contracts/audits'

/** The rules as they are typed. */
export interface PolicyForm {
  trustedDomains: string
  trustedProjects: string
  pendingDays: string
  imageDays: string
  limitPercent: string
  keepDays: string
  callsPerSecond: string
}

export const policyNumbers = {
  pendingDays: { min: 1, max: 36_500, isOptional: false },
  imageDays: { min: 1, max: 36_500, isOptional: false },
  limitPercent: { min: 1, max: 100, isOptional: false },
  keepDays: { min: 1, max: 36_500, isOptional: true },
  callsPerSecond: { min: 1, max: 1_000, isOptional: true },
} as const satisfies Partial<Record<keyof PolicyForm, { min: number; max: number; isOptional: boolean }>>
export type PolicyNumber = keyof typeof policyNumbers

/** The bounds of a trust list; the server keeps them too (`AuditPolicyInput`). */
export const trustListBounds = { lines: 1_000, length: 255 }

/** What is wrong with a field: a key below `auditReview.policy`, and its values. */
export type PolicyFault =
  | { key: 'number' | 'numberOrEmpty'; values: { min: number; max: number } }
  | { key: 'tooMany'; values: { max: number } }
  | { key: 'lineTooLong'; values: { line: number; max: number } }
  | { key: 'lineOdd'; values: { line: number } }

export type PolicyFaults = { [Field in keyof PolicyForm]?: PolicyFault }

export const formOf = (policy: AuditPolicy): PolicyForm => ({
  trustedDomains: policy.trustedDomains.join('\n'),
  trustedProjects: policy.trustedProjects.join('\n'),
  pendingDays: String(policy.pendingDays),
  imageDays: String(policy.imageDays),
  limitPercent: String(policy.limitPercent),
  keepDays: policy.keepDays === null ? '' : String(policy.keepDays),
  callsPerSecond: policy.callsPerSecond === null ? '' : String(policy.callsPerSecond),
})

/** Reads what was typed: the policy, or what is wrong with which fields. */
export function readPolicyForm(
  form: PolicyForm,
): { policy: AuditPolicy; faults: null } | { policy: null; faults: PolicyFaults } {
  const faults: PolicyFaults = {}
  for (const field of ['trustedDomains', 'trustedProjects'] as const) {
    const fault = listFault(form[field])
    if (fault) faults[field] = fault
  }
  for (const field of Object.keys(policyNumbers) as PolicyNumber[]) {
    const { min, max, isOptional } = policyNumbers[field]
    const text = form[field].trim()
    if (text === '' && isOptional) continue
    const isRight = /^\d{1,6}$/.test(text) && Number(text) >= min && Number(text) <= max
    if (!isRight) faults[field] = { key: isOptional ? 'numberOrEmpty' : 'number', values: { min, max } }
  }
  if (Object.keys(faults).length > 0) return { policy: null, faults }
  const optional = (text: string) => (text.trim() === '' ? null : Number(text))
  return {
    policy: {
      trustedDomains: linesOf(form.trustedDomains),
      trustedProjects: linesOf(form.trustedProjects),
      pendingDays: Number(form.pendingDays),
      imageDays: Number(form.imageDays),
      limitPercent: Number(form.limitPercent),
      keepDays: optional(form.keepDays),
      callsPerSecond: optional(form.callsPerSecond),
    },
    faults: null,
  }
}

/** The entries of a list, one per line; empty lines and repeated ones are none. */
export const linesOf = (text: string): string[] => [
  ...new Set(
    text
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== ''),
  ),
]

function listFault(text: string): PolicyFault | null {
  if (linesOf(text).length > trustListBounds.lines) {
    return { key: 'tooMany', values: { max: trustListBounds.lines } }
  }
  const lines = text.split('\n').map((line) => line.trim())
  const long = lines.findIndex((line) => line.length > trustListBounds.length)
  if (long !== -1) return { key: 'lineTooLong', values: { line: long + 1, max: trustListBounds.length } }
  const odd = lines.findIndex((line) => !isEntry(line))
  return odd === -1 ? null : { key: 'lineOdd', values: { line: odd + 1 } }
}

const isEntry = (line: string) => line.isWellFormed() && !/\p{Cc}/u.test(line)

/** Something to trust: what is shown, and what is put on the list. */
export interface TrustSuggestion {
  value: string
  name: string
}

/** The domains of an audit's projects: by name where that is one domain's alone and can stand on a line, else by id. */
export const domainSuggestions = (projects: readonly AuditProject[]): TrustSuggestion[] =>
  suggestions(projects.map(({ domainId, domainName }) => ({ id: domainId, name: domainName })))

/** The projects of an audit that exist, the same way. */
export const projectSuggestions = (projects: readonly AuditProject[]): TrustSuggestion[] =>
  suggestions(projects.filter(({ name }) => name !== null))

function suggestions(known: readonly { id: string | null; name: string | null }[]): TrustSuggestion[] {
  const nameOf = new Map<string, string>()
  for (const { id, name } of known) if (id !== null) nameOf.set(id, name ?? id)
  const times = new Map<string, number>()
  for (const name of nameOf.values()) times.set(name, (times.get(name) ?? 0) + 1)
  const isPlain = (name: string) =>
    times.get(name) === 1 && name === name.trim() && name !== '' && name.length <= 255 && isEntry(name)
  return [...nameOf]
    .map(([id, name]) => ({ value: isPlain(name) ? name : id, name }))
    .sort((a, b) => a.name.localeCompare(b.name, 'en'))
}
