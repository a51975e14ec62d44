'use client'
import { useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { useTranslations } from 'use-intl'
import { FailureText } from '@/components/feedback/failure-text'
import { Notice } from '@/components/feedback/notice'
import { Skeleton } from '@/components/feedback/skeleton'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { UntrustedText } from '@/components/ui/untrusted-text'
import type { AuditPolicyView } from '@/lib/contracts/audits'
import type { Scope } from '@/lib/contracts/scope'
import { auditReview } from '@/lib/queries/audit-review'
import { useReadOnly } from '@/lib/queries/use-session'
import { formatUtc } from '@/lib/util/format-time'
import { PolicyFields } from './policy-fields'

interface PolicyDialogProps {
  scope: Scope
  /** The audit whose domains and projects are suggested. */
  auditId?: string
  onClose: () => void
}

/** What counts as a finding, how long snapshots are kept and how fast the cloud is read. */
export function PolicyDialog({ scope, auditId, onClose }: PolicyDialogProps) {
  const t = useTranslations('auditReview.policy')
  const tc = useTranslations('common')
  const formId = useId()
  const view = useQuery(auditReview.policy(scope))
  const isReadOnly = useReadOnly(scope.project)
  const [isPending, setPending] = useState(false)
  const canSave = !isReadOnly && view.data !== undefined

  return (
    <Dialog
      isOpen
      width="md"
      onClose={() => !isPending && onClose()}
      title={t('title')}
      closeLabel={tc('close')}
      footer={
        <>
          <Button onClick={onClose}>{canSave ? tc('cancel') : tc('close')}</Button>
          {!!canSave && (
            <Button type="submit" form={formId} variant="primary" isPending={isPending}>
              {t('save')}
            </Button>
          )}
        </>
      }
    >
      {view.data ? (
        <>
          <Whose view={view.data} />
          {!!isReadOnly && <p className="mt-1">{t('readOnly')}</p>}
          <PolicyFields
            key={view.data.changed?.at}
            policy={view.data.policy}
            seen={view.data.changed?.at ?? null}
            onSaved={onClose}
            onPending={setPending}
            {...{ scope, auditId, formId, isReadOnly }}
          />
        </>
      ) : view.error ? (
        <Notice
          tone="danger"
          title={t('errorTitle')}
          actions={
            <Button size="sm" isPending={view.isFetching} onClick={() => void view.refetch()}>
              {tc('retry')}
            </Button>
          }
        >
          <FailureText error={view.error} />
        </Notice>
      ) : (
        <div role="status" aria-label={t('loading')} className="flex flex-col gap-4">
          <Skeleton className="h-4 w-3/4" />
          <Skeleton className="h-24" />
          <Skeleton className="h-24" />
          <Skeleton className="h-8 w-1/2" />
        </div>
      )}
    </Dialog>
  )
}

/** Whose rules these are, and who changed them last. */
function Whose({ view: { reach, changed } }: { view: AuditPolicyView }) {
  const t = useTranslations('auditReview.policy')
  return (
    <p>
      {reach === 'cloud' ? t('ofCloud') : t('ofOwn')}{' '}
      {changed === null
        ? t('unchanged')
        : t.rich('changed', {
            who: () => <UntrustedText key="who" text={changed.by} max={48} className="font-semibold" />,
            at: formatUtc(Date.parse(changed.at)),
          })}
    </p>
  )
}
