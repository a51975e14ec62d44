'use client'
import { useTranslations } from 'use-intl'
import { Notice } from '@/components/feedback/notice'
import { buttonClass } from '@/components/ui/button-styles'
import { Dialog } from '@/components/ui/dialog'
import {
  type AuditSummary,
  type ExportFormat,
  type ExportSubject,
  exportFormats,
  exportSubjects,
} from '@/lib/contracts/audits'
import type { Scope } from '@/lib/contracts/scope'
import { api } from '@/lib/paths'
import { formatUtc } from '@/lib/util/format-time'
import { auditTime } from './changes-earlier'

interface ExportDialogProps {
  scope: Scope
  audit: AuditSummary
  /** What the changes are counted from; without it there are none to export. */
  earlier: AuditSummary | undefined
  onClose: () => void
}

/** The audit as files: links, so that the browser takes each as it comes. */
export function ExportDialog({ scope, audit, earlier, onClose }: ExportDialogProps) {
  const t = useTranslations('auditReview.export')
  const tc = useTranslations('common')
  const address = (what: ExportSubject, format: ExportFormat) =>
    api.auditFile(scope, audit.id, { what, format, earlier: what === 'changes' ? earlier?.id : undefined })
  const hintOf = (what: ExportSubject) =>
    what !== 'changes'
      ? t(`${what}Hint`)
      : earlier === undefined
        ? t('noEarlier')
        : t('changesHint', { at: formatUtc(auditTime(earlier)) })
  return (
    <Dialog isOpen isLightDismiss width="md" onClose={onClose} title={t('title')} closeLabel={tc('close')}>
      <p>{t('body')}</p>
      {audit.state !== 'complete' && (
        <Notice tone="warning" className="mt-3">
          {t('incomplete')}
        </Notice>
      )}
      <ul className="mt-4 flex flex-col rounded-lg border border-line">
        {exportSubjects.map((what) => (
          <li
            key={what}
            className="flex flex-wrap items-center gap-x-4 gap-y-2 border-line px-3 py-2.5 not-last:border-b"
          >
            <span className="min-w-0 flex-1 basis-44">
              <span className="block font-semibold text-ink">{t(what)}</span>
              <span className="text-sm">{hintOf(what)}</span>
            </span>
            {(what !== 'changes' || earlier !== undefined) && (
              <span className="flex gap-1.5">
                {exportFormats.map((format) => (
                  <a
                    key={format}
                    download
                    href={address(what, format)}
                    aria-label={t('save', { what: t(what), format: format.toUpperCase() })}
                    className={buttonClass({ size: 'sm' })}
                  >
                    {format.toUpperCase()}
                  </a>
                ))}
              </span>
            )}
          </li>
        ))}
      </ul>
      <p className="mt-4">{t('about')}</p>
    </Dialog>
  )
}
