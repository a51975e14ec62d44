'use client'
import { type ReactNode, type SubmitEvent, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { FailureText } from '@/components/feedback/failure-text'
import { Notice } from '@/components/feedback/notice'
import { showToast } from '@/components/feedback/toast-store'
import { TextField } from '@/components/ui/text-field'
import type { AuditPolicy } from '@/lib/contracts/audits'
import type { Scope } from '@/lib/contracts/scope'
import { useSavePolicy } from '@/lib/queries/use-audit-review'
import { formOf, type PolicyForm, type PolicyNumber, readPolicyForm } from './policy-form'
import { PolicyTrust } from './policy-trust'

interface PolicyFieldsProps {
  scope: Scope
  auditId: string | undefined
  policy: AuditPolicy
  /** When it had been changed last. */
  seen: string | null
  formId: string
  isReadOnly: boolean
  onSaved: () => void
  onPending: (isPending: boolean) => void
}

/** The rules as a form. What is wrong is said at its field, and nothing typed is lost. */
export function PolicyFields(props: PolicyFieldsProps) {
  const { scope, auditId, policy, seen, formId, isReadOnly, onSaved, onPending } = props
  const t = useTranslations('auditReview.policy')
  const ref = useRef<HTMLFormElement>(null)
  const [form, setForm] = useState(() => formOf(policy))
  const [isTried, setTried] = useState(false)
  const save = useSavePolicy(scope)
  const read = readPolicyForm(form)
  const set = (changes: Partial<PolicyForm>) => setForm((old) => ({ ...old, ...changes }))

  const errorOf = (field: keyof PolicyForm) => {
    const fault = isTried ? read.faults?.[field] : undefined
    return fault === undefined ? null : t(fault.key, fault.values)
  }
  const handleSubmit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (isReadOnly || save.isPending) return
    setTried(true)
    if (read.policy === null) {
      // After the errors are drawn.
      requestAnimationFrame(() => ref.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus())
      return
    }
    onPending(true)
    try {
      await save.mutateAsync({ policy: read.policy, seen })
      showToast(t('saved'), { tone: 'success' })
      onSaved()
    } catch {
      // It stands below the fields.
    } finally {
      onPending(false)
    }
  }

  const number = (field: PolicyNumber, label: string, hint?: string) => (
    <TextField
      label={label}
      hint={hint}
      error={errorOf(field)}
      inputMode="numeric"
      autoComplete="off"
      readOnly={isReadOnly}
      value={form[field]}
      onChange={(event) => set({ [field]: event.target.value })}
    />
  )
  return (
    <form
      ref={ref}
      id={formId}
      noValidate
      onSubmit={(event) => void handleSubmit(event)}
      className="mt-4 flex flex-col gap-6"
    >
      <Group title={t('trust')} hint={t('trustHint')}>
        <PolicyTrust {...{ scope, auditId, form, set, errorOf, isReadOnly }} />
      </Group>
      <Group title={t('ages')}>
        <div className="grid gap-3 sm:grid-cols-2">
          {number('pendingDays', t('pendingDays'))}
          {number('imageDays', t('imageDays'))}
          {number('limitPercent', t('limitPercent'))}
        </div>
      </Group>
      <Group title={t('keeping')}>
        <div className="grid gap-3 sm:grid-cols-2">
          {number('keepDays', t('keepDays'), t('keepHint'))}
          {number('callsPerSecond', t('callsPerSecond'), t('callsHint'))}
        </div>
      </Group>
      {save.error !== null && (
        <Notice tone="danger">
          <FailureText error={save.error} />
        </Notice>
      )}
    </form>
  )
}

function Group({ title, hint, children }: { title: string; hint?: string; children: ReactNode }) {
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="mb-1 font-semibold text-ink text-md">{title}</legend>
      {!!hint && <p>{hint}</p>}
      {children}
    </fieldset>
  )
}
