'use client'
import { BadgeCheck } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { UntrustedText } from '@/components/ui/untrusted-text'
import type { AuditSummary } from '@/lib/contracts/audits'
import { formatUtc } from '@/lib/util/format-time'

/** What people said of an audit: the beginning of its note, and who signed it off. */
export function AuditVerdict({ audit: { note, signedOff } }: { audit: AuditSummary }) {
  const t = useTranslations('auditReview.snapshots')
  return (
    <>
      {note !== '' && (
        <p className="mt-1 line-clamp-2 max-w-3xl text-ink">
          <UntrustedText text={note.replace(/\s+/g, ' ')} max={240} />
        </p>
      )}
      {signedOff !== null && (
        <p className="mt-1 flex items-center gap-1.5 text-accepted-ink text-sm">
          <BadgeCheck className="size-4 flex-none" />
          <span>
            {t.rich('signedOff', {
              who: () => <UntrustedText key="who" text={signedOff.by} max={32} />,
              at: formatUtc(Date.parse(signedOff.at)),
            })}
          </span>
        </p>
      )}
    </>
  )
}
