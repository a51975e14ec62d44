'use client'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import { SelectChip } from '@/components/ui/select-chip'
import { TextArea } from '@/components/ui/text-area'
import type { Scope } from '@/lib/contracts/scope'
import { audits } from '@/lib/queries/audits'
import { shortId } from '@/lib/util/format-id'
import { plainUntrusted } from '@/lib/util/untrusted-text'
import {
  domainSuggestions,
  linesOf,
  type PolicyForm,
  projectSuggestions,
  type TrustSuggestion,
} from './policy-form'

interface PolicyTrustProps {
  scope: Scope
  auditId: string | undefined
  form: PolicyForm
  set: (changes: Partial<PolicyForm>) => void
  errorOf: (field: keyof PolicyForm) => string | null
  isReadOnly: boolean
}

/** The lists of whom to trust, one per line, with what the audit knows to choose from. */
export function PolicyTrust({ scope, auditId, form, set, errorOf, isReadOnly }: PolicyTrustProps) {
  const t = useTranslations('auditReview.policy')
  const known = useQuery({ ...audits.projects(scope, auditId ?? ''), enabled: auditId !== undefined }).data
  const suggested = useMemo(
    () => ({
      trustedDomains: domainSuggestions(known ?? []),
      trustedProjects: projectSuggestions(known ?? []),
    }),
    [known],
  )
  const list = (field: 'trustedDomains' | 'trustedProjects', label: string, hint: string) => (
    <div className="flex flex-col gap-2">
      <TextArea
        label={label}
        hint={hint}
        error={errorOf(field)}
        rows={3}
        spellCheck={false}
        autoComplete="off"
        readOnly={isReadOnly}
        value={form[field]}
        onChange={(event) => set({ [field]: event.target.value })}
      />
      {!isReadOnly && (
        <Suggest
          label={t(field === 'trustedDomains' ? 'addDomain' : 'addProject')}
          suggested={suggested[field]}
          taken={linesOf(form[field])}
          onAdd={(value) => set({ [field]: [...linesOf(form[field]), value].join('\n') })}
        />
      )}
    </div>
  )
  return (
    <>
      {list('trustedDomains', t('domains'), t('listHint'))}
      {list('trustedProjects', t('projects'), t('projectHint'))}
    </>
  )
}

interface SuggestProps {
  label: string
  suggested: readonly TrustSuggestion[]
  taken: readonly string[]
  onAdd: (value: string) => void
}

function Suggest({ label, suggested, taken, onAdd }: SuggestProps) {
  const left = suggested.filter(({ value, name }) => !taken.includes(value) && !taken.includes(name))
  if (left.length === 0) return null
  return (
    <p>
      <SelectChip
        label={label}
        value=""
        onChange={(value) => value !== '' && onAdd(value)}
        options={left.map(({ value, name }) => ({
          value,
          label:
            value === name ? plainUntrusted(name, 48) : `${plainUntrusted(name, 40)} (${shortId(value)})`,
        }))}
      />
    </p>
  )
}
