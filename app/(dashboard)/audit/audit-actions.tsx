'use client'
import {
  ClipboardCheck,
  Download,
  Ellipsis,
  GitCompareArrows,
  History,
  SlidersHorizontal,
} from 'lucide-react'
import { Suspense, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useUrlState } from '@/components/layout/use-url-state'
import { Button } from '@/components/ui/button'
import { later } from '@/components/ui/later'
import { Menu } from '@/components/ui/menu'
import type { AuditSummary } from '@/lib/contracts/audits'
import type { Scope } from '@/lib/contracts/scope'
import { formatUtc } from '@/lib/util/format-time'
import { auditTime, earlierThan } from './changes-earlier'

const ExportDialog = later(async () => ({ default: (await import('./export-dialog')).ExportDialog }))
const NoteDialog = later(async () => ({ default: (await import('./note-dialog')).NoteDialog }))
const PolicyDialog = later(async () => ({ default: (await import('./policy-dialog')).PolicyDialog }))
const SnapshotsDialog = later(async () => ({ default: (await import('./snapshots-dialog')).SnapshotsDialog }))

interface AuditActionsProps {
  scope: Scope
  audit: AuditSummary
  audits: readonly AuditSummary[]
}

/** A menu of more would be a list to search in; the comparison itself offers all of them. */
const compareAtMost = 10

const compareDefaults = { earlier: '' }

/** Compare and export, and behind a menu what is done once in a while. None of it changes anything in the cloud. */
export function AuditActions({ scope, audit, audits }: AuditActionsProps) {
  const t = useTranslations('auditReview.actions')
  const [open, setOpen] = useState<'export' | 'snapshots' | 'note' | 'policy' | null>(null)
  const [{ earlier }, setAddress] = useUrlState(compareDefaults)
  const comparable = earlierThan(audit, audits)
  const onClose = () => setOpen(null)
  const compareWords = (
    <>
      <GitCompareArrows className="size-4 max-md:hidden" />
      {t('compare')}
    </>
  )
  return (
    <>
      {comparable.length === 0 ? (
        <Button disabledReason={t(audit.state === 'complete' ? 'nothingEarlier' : 'notComplete')}>
          {compareWords}
        </Button>
      ) : (
        <Menu
          label={t('compareLabel')}
          variant="secondary"
          trigger={compareWords}
          items={comparable.slice(0, compareAtMost).map((one) => ({
            id: one.id,
            label: t('since', { at: formatUtc(auditTime(one)) }),
            onSelect: () => setAddress({ earlier: one.id }),
          }))}
        />
      )}
      <Button aria-haspopup="dialog" onClick={() => setOpen('export')}>
        <Download className="size-4 max-md:hidden" />
        {t('export')}
      </Button>
      <Menu
        isIcon
        label={t('more')}
        variant="secondary"
        trigger={<Ellipsis className="size-4" />}
        items={[
          { id: 'snapshots', label: t('snapshots'), icon: <History />, onSelect: () => setOpen('snapshots') },
          { id: 'note', label: t('note'), icon: <ClipboardCheck />, onSelect: () => setOpen('note') },
          {
            id: 'policy',
            label: t('policy'),
            icon: <SlidersHorizontal />,
            onSelect: () => setOpen('policy'),
          },
        ]}
      />
      <Suspense>
        {open === 'export' && (
          <ExportDialog
            {...{ scope, audit, onClose }}
            earlier={comparable.find(({ id }) => id === earlier) ?? comparable[0]}
          />
        )}
        {open === 'snapshots' && <SnapshotsDialog {...{ scope, audit, audits, onClose }} />}
        {open === 'note' && <NoteDialog {...{ scope, audit, onClose }} />}
        {open === 'policy' && <PolicyDialog {...{ scope, onClose }} auditId={audit.id} />}
      </Suspense>
    </>
  )
}
