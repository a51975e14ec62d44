'use client'
import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import type { AuditPolicy, FindingKind } from '@/lib/contracts/audits'
import type { Scope } from '@/lib/contracts/scope'
import { auditReview } from '@/lib/queries/audit-review'
import { clouds } from '@/lib/queries/clouds'
import type { PendingAccess } from '@/lib/util/capability-list'

/** The number of days a kind goes by; 0, for which the words have none, where there is none or it is not known yet. */
const daysOf = (kind: FindingKind, policy: AuditPolicy | undefined) =>
  (kind === 'pending_long' ? policy?.pendingDays : kind === 'image_old' ? policy?.imageDays : undefined) ?? 0

/** The short name of a finding, with the number of the policy in it. */
export function useFindingName(scope: Scope): (kind: FindingKind) => string {
  const t = useTranslations('auditReview.kinds')
  const policy = useQuery(auditReview.policy(scope)).data?.policy
  return (kind) => t(`${kind}.name`, { days: daysOf(kind, policy) })
}

export type FindingPart = 'title' | 'why' | 'rule' | 'mend'

/** Everything that is said of a finding, as it is true on this cloud and by this policy. */
export function useFindingWords(
  scope: Scope,
  access: PendingAccess,
): (kind: FindingKind, part: FindingPart) => string {
  const t = useTranslations('auditReview.kinds')
  const policy = useQuery(auditReview.policy(scope)).data?.policy
  const here = useQuery(clouds.list()).data?.find(({ region }) => region === scope.region)
  return (kind, part) =>
    t(`${kind}.${part}`, {
      days: daysOf(kind, policy),
      percent: policy?.limitPercent ?? 0,
      limit: String(here?.memberLimit ?? 'unknown'),
      access,
    })
}
