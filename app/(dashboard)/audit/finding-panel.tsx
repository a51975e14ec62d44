'use client'
import { Download, SlidersHorizontal } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Notice } from '@/components/feedback/notice'
import { Section } from '@/components/layout/section'
import { Button } from '@/components/ui/button'
import { buttonClass } from '@/components/ui/button-styles'
import { SidePanel } from '@/components/ui/side-panel'
import type { AuditFindings, AuditProject, AuditSummary, FindingKind } from '@/lib/contracts/audits'
import type { Scope } from '@/lib/contracts/scope'
import { api } from '@/lib/paths'
import { useReadOnly } from '@/lib/queries/use-session'
import type { AuditData } from '@/lib/util/audit-data'
import type { PendingAccess } from '@/lib/util/capability-list'
import { FindingImages } from './finding-images'
import { FindingMend } from './finding-mend'
import { sharesOf } from './finding-shares'
import { useFindingWords } from './finding-words'
import { PolicyDialog } from './policy-dialog'
import { StopSharesDialog } from './stop-shares-dialog'
import { useReadOnlySources } from './use-read-only-sources'

interface FindingPanelProps {
  kind: FindingKind
  findings: AuditFindings
  scope: Scope
  audit: AuditSummary
  data: AuditData
  projects: ReadonlyMap<string, AuditProject>
  /** What may be said of a recipient that has not accepted. */
  access: PendingAccess
  /** It was asked for by a key. */
  isForKeys: boolean
  onClose: () => void
}

/** Kinds whose rule has a number or a list that can be set. */
const ruledBy: ReadonlySet<FindingKind> = new Set([
  'recipient_untrusted',
  'pending_long',
  'limit_near',
  'image_old',
])

/** One finding: why it matters, what is counted, and the act that mends it. */
export function FindingPanel(props: FindingPanelProps) {
  const { kind, findings, scope, audit, data, projects, access, isForKeys, onClose } = props
  const t = useTranslations('auditReview')
  const words = useFindingWords(scope, access)
  const isReadOnly = useReadOnly(scope.project)
  const readOnly = useReadOnlySources(audit)
  const [open, setOpen] = useState<'stop' | 'policy' | null>(null)
  const finding = findings.findings.find((one) => one.kind === kind)
  const shares = useMemo(
    () => (finding ? sharesOf(finding, findings, data, projects, readOnly) : null),
    [finding, findings, data, projects, readOnly],
  )
  const skipped = findings.notChecked.find((one) => one.kind === kind)
  const imageCount = new Set(finding?.rows.map(([image]) => image)).size
  const pairCount = finding?.rows.filter(([, project]) => project !== null).length ?? 0

  return (
    <>
      {/* Dialogs stand beside it: a key pressed in one of them is not the panel's. */}
      <SidePanel
        title={words(kind, 'title')}
        detail={
          finding === undefined
            ? t(skipped ? 'strip.notChecked' : 'panel.notFound')
            : pairCount > 0
              ? t('panel.pairs', { shares: pairCount, images: imageCount })
              : t('images', { count: imageCount })
        }
        isForKeys={isForKeys}
        onClose={onClose}
        closeLabel={t('panel.close')}
      >
        <div className="flex flex-col gap-5">
          {skipped !== undefined && <Notice>{t(`notChecked.why.${skipped.why}`)}</Notice>}
          <Section title={t('panel.why')}>
            <p>{words(kind, 'why')}</p>
          </Section>
          {finding !== undefined && shares !== null && (
            <FindingMend
              {...{ finding, shares }}
              isReadOnly={audit.sources.every(({ id }) => readOnly.has(id))}
              words={words(kind, 'mend')}
              onStop={() => setOpen('stop')}
            />
          )}
          <Section title={t('panel.rule')}>
            <p>{words(kind, 'rule')}</p>
            <p className="flex flex-wrap gap-2 pt-1">
              {ruledBy.has(kind) && !isReadOnly && (
                <Button size="sm" onClick={() => setOpen('policy')}>
                  <SlidersHorizontal className="size-3.5" />
                  {t('panel.changeRule')}
                </Button>
              )}
              {finding !== undefined && (
                <a
                  download
                  href={api.auditFile(scope, audit.id, { what: 'findings', format: 'csv', kind })}
                  className={buttonClass({ size: 'sm' })}
                >
                  <Download className="size-3.5" />
                  {t('panel.export')}
                </a>
              )}
            </p>
          </Section>
          {finding !== undefined && <FindingImages {...{ finding, findings, data, projects }} />}
        </div>
      </SidePanel>
      {open === 'stop' && shares !== null && (
        <StopSharesDialog scope={scope} members={shares.ours} onClose={() => setOpen(null)} />
      )}
      {open === 'policy' && <PolicyDialog scope={scope} auditId={audit.id} onClose={() => setOpen(null)} />}
    </>
  )
}
