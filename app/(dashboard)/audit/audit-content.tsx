'use client'
import { useQuery } from '@tanstack/react-query'
import { Suspense, useMemo, useState } from 'react'
import { useTranslations } from 'use-intl'
import { FailureState } from '@/components/feedback/failure-text'
import { SplitView } from '@/components/layout/app-frame'
import { later } from '@/components/ui/later'
import { useShortcuts } from '@/components/ui/use-shortcuts'
import { type AuditSummary, type FindingKind, isAuditOver } from '@/lib/contracts/audits'
import type { Scope } from '@/lib/contracts/scope'
import { audits } from '@/lib/queries/audits'
import { emptyAudit } from '@/lib/util/audit-data'
import { facetsOf } from '@/lib/util/audit-pivots'
import { sharesAt } from '@/lib/util/audit-selection'
import { imageOf, projectOf } from '@/lib/util/audit-view'
import type { PendingAccess } from '@/lib/util/capability-list'
import { AuditProvider, type Opened } from './audit-context'
import { ReadFault } from './audit-notices'
import { AuditPanel } from './audit-panel'
import { AuditRows } from './audit-rows'
import { AuditToolbar } from './audit-toolbar'
import { FindingPanel } from './finding-panel'
import { FindingsStrip } from './findings-strip'
import { ImagePivot, RecipientPivot } from './pivot-head'
import { useAuditRows, useProjectsById } from './use-audit-rows'
import { useAuditTicks } from './use-audit-ticks'
import { type AuditShown, noFilter, type SetAuditUrl } from './use-audit-url'
import { useFolds } from './use-folds'
import { useReadOnlySources } from './use-read-only-sources'
import { useRowCount } from './use-row-count'

const StopSharesDialog = later(async () => ({
  default: (await import('./stop-shares-dialog')).StopSharesDialog,
}))

interface AuditContentProps {
  scope: Scope
  audit: AuditSummary
  access: PendingAccess
  shown: AuditShown
  setUrl: SetAuditUrl
  /** Somebody above says already that what is shown may be old. */
  isStaleTold: boolean
}

const nothing = emptyAudit()

/** The rows of one audit as far as they have been read, what looks wrong in them, and the ways to look at them. */
export function AuditContent(props: AuditContentProps) {
  const { scope, audit, access, shown, setUrl, isStaleTold } = props
  const t = useTranslations('audit')
  const isOver = isAuditOver(audit)
  const loaded = useQuery(audits.rows(scope, audit.id))
  const told = useQuery({
    ...audits.projects(scope, audit.id, isOver),
    // Asked before there are rows, it would tell nobody, and be asked again only much later.
    enabled: isOver || (loaded.data?.data.images.length ?? 0) > 0,
  })
  // Worked out once everything is read.
  const found = useQuery({ ...audits.findings(scope, audit.id), enabled: isOver })
  const findings = found.data
  const projectsById = useProjectsById(told.data)
  const folds = useFolds(shown.group)
  const rows = useAuditRows({
    data: loaded.data?.data ?? nothing,
    projects: projectsById,
    findings,
    shown,
    folded: folds.folded,
  })
  const { data, projects, marks, view } = rows
  const facets = useMemo(() => facetsOf(data, projects), [data, projects])
  const readOnly = useReadOnlySources(audit)
  const ticks = useAuditTicks(data, view, readOnly)
  const isReadOnly = audit.sources.every(({ id }) => readOnly.has(id))
  const [opened, setOpened] = useState<Opened | null>(null)
  // Closed, its explanation does not lie over the rows on a phone; the finding itself stays chosen.
  const [unexplained, setUnexplained] = useState<FindingKind | null>(null)
  const explained = shown.finding === unexplained ? null : shown.finding
  const [isForKeys, setForKeys] = useState(false)
  const [stopping, setStopping] = useState<readonly number[] | null>(null)
  const isWhole = loaded.data?.isWhole ?? false
  const isLoading = loaded.isPending || (shown.finding !== null && found.isPending)
  const count = useRowCount(data, view, isWhole && !isLoading && !rows.isStale)
  const close = () => {
    if (opened !== null) setOpened(null)
    else if (explained !== null) setUnexplained(explained)
    else if (shown.finding !== null) setUrl({ finding: '' })
    else return false
    return true
  }
  useShortcuts({ Escape: close })

  const onOpen = (entry: number) => {
    const image = data.images[imageOf(data, entry)]?.id
    if (image !== undefined) setOpened({ image, project: data.projects[projectOf(data, entry)] ?? null })
  }
  const goTo = (pivot: { recipient?: string; image?: string }) => {
    setOpened(null)
    setUrl({ ...noFilter, view: '', ...pivot })
  }
  /** A cell of the matrix is a share; its rows and columns stand for all that one image or project has. */
  const onCell = (image: string | null, project: string | null) => {
    if (image !== null && project !== null) setOpened({ image, project })
    else if (image !== null) goTo({ image })
    else if (project !== null) goTo({ recipient: project })
  }
  const pivot = { data, projects, access, onBack: () => setUrl({ recipient: '', image: '' }) }

  if (!loaded.data && loaded.error) {
    return (
      <FailureState
        title={t('rowsErrorTitle')}
        error={loaded.error}
        isRetrying={loaded.isFetching}
        onRetry={() => void loaded.refetch()}
      />
    )
  }
  return (
    <AuditProvider value={{ scope, audit, data, projects, marks, onOpen }}>
      {findings === undefined && found.isError ? (
        <ReadFault title={t('notices.noFindings')} read={found} />
      ) : (
        <FindingsStrip
          {...{ scope, audit, findings }}
          selected={shown.finding}
          onSelect={(kind, isByKey) => {
            setOpened(null)
            setForKeys(isByKey)
            setUnexplained(null)
            setUrl({ finding: kind ?? '' })
          }}
        />
      )}
      {!isStaleTold && <ReadFault title={t('notices.stale')} read={loaded} />}
      <AuditToolbar
        {...{ shown, setUrl, facets, projects, count }}
        onExplain={shown.finding === explained ? null : () => setUnexplained(null)}
        folding={shown.group === null || shown.isMatrix ? null : folds.allOf(view)}
      />
      {shown.filter.recipient !== '' && <RecipientPivot {...pivot} id={shown.filter.recipient} />}
      {shown.filter.image !== '' && <ImagePivot {...pivot} id={shown.filter.image} />}
      <SplitView
        panel={
          opened ? (
            <AuditPanel
              {...{ opened, findings }}
              onEveryone={(image) => goTo({ image })}
              onEverything={(recipient) => goTo({ recipient })}
              onStop={(row) => setStopping([row])}
              onClose={() => setOpened(null)}
            />
          ) : (
            explained !== null &&
            findings !== undefined && (
              <FindingPanel
                key={explained}
                kind={explained}
                {...{ findings, scope, audit, data, projects, access, isForKeys }}
                onClose={() => setUnexplained(explained)}
              />
            )
          )
        }
      >
        <AuditRows
          {...{ audit, rows, shown, setUrl, opened, isLoading, isWhole }}
          ticks={isReadOnly || (ticks.tickable === 0 && view.entries > 0) ? null : ticks}
          onFold={folds.toggle}
          onCell={onCell}
          onStop={() => setStopping(ticks.rows)}
        />
      </SplitView>
      <Suspense>
        {stopping !== null && (
          <StopSharesDialog
            scope={scope}
            members={sharesAt(data, projects, stopping)}
            onClose={() => setStopping(null)}
          />
        )}
      </Suspense>
    </AuditProvider>
  )
}
