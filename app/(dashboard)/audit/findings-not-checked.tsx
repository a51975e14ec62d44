'use client'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import type { AuditFindings, FindingKind, NotChecked } from '@/lib/contracts/audits'
import type { Scope } from '@/lib/contracts/scope'
import { useReadOnly } from '@/lib/queries/use-session'
import { PolicyDialog } from './policy-dialog'

interface FindingsNotCheckedProps {
  scope: Scope
  skipped: AuditFindings['notChecked']
  nameOf: (kind: FindingKind) => string
  onClose: () => void
}

/** What no finding says nothing about: the kinds that could not be looked for, by their reason. */
export function FindingsNotChecked({ scope, skipped, nameOf, onClose }: FindingsNotCheckedProps) {
  const t = useTranslations('auditReview.notChecked')
  const tc = useTranslations('common')
  const isReadOnly = useReadOnly(scope.project)
  const [isSetting, setSetting] = useState(false)
  const reasons = [...new Set(skipped.map(({ why }) => why))]

  if (isSetting) return <PolicyDialog scope={scope} onClose={onClose} />
  const isTrustMissing = (why: NotChecked) => why === 'no_trust_list' && !isReadOnly
  return (
    <Dialog isOpen isLightDismiss width="md" onClose={onClose} title={t('title')} closeLabel={tc('close')}>
      <p>{t('body')}</p>
      <dl className="mt-4 flex flex-col gap-4">
        {reasons.map((why) => (
          <div key={why}>
            <dt className="font-semibold text-ink first-letter:uppercase">
              {skipped
                .filter((one) => one.why === why)
                .map(({ kind }) => nameOf(kind))
                .join(', ')}
            </dt>
            <dd className="mt-0.5">{t(`why.${why}`)}</dd>
            {isTrustMissing(why) && (
              <dd className="mt-2">
                <Button size="sm" onClick={() => setSetting(true)}>
                  {t('setTrust')}
                </Button>
              </dd>
            )}
          </div>
        ))}
      </dl>
    </Dialog>
  )
}
