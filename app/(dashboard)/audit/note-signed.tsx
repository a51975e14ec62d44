'use client'
import { BadgeCheck } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { UntrustedText } from '@/components/ui/untrusted-text'
import type { AuditSummary } from '@/lib/contracts/audits'
import { formatUtc } from '@/lib/util/format-time'
import { NoteText } from './note-text'

/** What stands under an audit that was signed off: who, when, and the note as it was then. */
export function NoteSigned({ audit, onClose }: { audit: AuditSummary; onClose: () => void }) {
  const t = useTranslations('auditReview.note')
  const tc = useTranslations('common')
  const { note, signedOff } = audit
  return (
    <Dialog
      isOpen
      isLightDismiss
      width="md"
      onClose={onClose}
      title={t('title')}
      closeLabel={tc('close')}
      footer={<Button onClick={onClose}>{tc('close')}</Button>}
    >
      <div className="flex flex-col gap-3">
        {signedOff !== null && (
          <p className="flex items-start gap-1.5 text-ink">
            <BadgeCheck className="mt-0.5 size-4 flex-none text-accepted-ink" />
            <span>
              {t.rich('signed', {
                who: () => <UntrustedText key="who" text={signedOff.by} max={48} className="font-semibold" />,
                at: formatUtc(Date.parse(signedOff.at)),
              })}
            </span>
          </p>
        )}
        {note === '' ? <p>{t('noNote')}</p> : <NoteText text={note} />}
        <p>{t('signedHint')}</p>
      </div>
    </Dialog>
  )
}
