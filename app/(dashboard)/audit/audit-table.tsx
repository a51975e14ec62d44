'use client'
import { useTranslations } from 'use-intl'
import { TableRow } from '@/components/table/table-row'
import { TableShell } from '@/components/table/table-shell'
import { type AuditGroup, type AuditView, imageOf, projectOf, type Sorting } from '@/lib/util/audit-view'
import { plainUntrusted } from '@/lib/util/untrusted-text'
import { type AuditColumn, auditColumns } from './audit-columns'
import { type Opened, useAuditContext } from './audit-context'
import { AuditGroupRow } from './audit-group-row'
import type { AuditTicks } from './use-audit-ticks'

interface AuditTableProps {
  view: AuditView
  group: AuditGroup | null
  sorting: Sorting
  onSort: (column: AuditColumn) => void
  onFold: (id: string) => void
  /** Null in a session that may not end shares. */
  ticks: AuditTicks | null
  /** What the side panel explains. */
  opened: Opened | null
  headers: Record<AuditColumn, string>
  isBusy: boolean
}

/** Every row of an audit, or those that fit, with the heads of their groups between them. */
export function AuditTable(props: AuditTableProps) {
  const { view, group, sorting, onSort, onFold, ticks, opened, headers, isBusy } = props
  const t = useTranslations('audit')
  const { data, projects, onOpen } = useAuditContext()
  const { lines, groups } = view
  const openImage = data.imageAt.get(opened?.image ?? '') ?? -2
  const openProject = data.projectAt.get(opened?.project ?? '') ?? -1
  const isOpen = (entry: number) =>
    imageOf(data, entry) === openImage && projectOf(data, entry) === openProject
  const groupAt = (line: number) => (line < 0 ? groups[~line] : undefined)
  const open = (index: number) => {
    const line = lines[index]
    if (line === undefined) return
    const head = groupAt(line)
    if (head) onFold(head.id)
    else onOpen(line)
  }
  const toggle = (index: number, isRange: boolean) => {
    const line = lines[index]
    if (line === undefined || !ticks) return
    if (line < 0) ticks.toggleGroup(~line)
    else ticks.toggle(line, isRange)
  }
  const nameOf = (id: string) => projects.get(id)?.name ?? id
  const tickLabel = (entry: number) =>
    t('table.select', {
      image: plainUntrusted(data.images[imageOf(data, entry)]?.name || t('table.unnamed'), 48),
      project: plainUntrusted(nameOf(data.projects[projectOf(data, entry)] ?? ''), 48),
    })

  return (
    <TableShell
      label={t('table.label')}
      isBusy={isBusy}
      head={{
        columns: auditColumns,
        headers,
        sort: { key: sorting.by, direction: sorting.isDescending ? 'desc' : 'asc' },
        onSort,
        all: ticks ? { label: t('table.selectAll'), ...ticks.all, onToggle: ticks.toggleAll } : undefined,
      }}
      rowKeys={{ ids: lines, isEnabled: true, onOpen: open, onSelect: ticks ? toggle : undefined }}
    >
      {(place) => {
        const line = lines[place.index]
        if (line === undefined) return null
        const head = groupAt(line)
        if (head && group !== null) {
          return (
            <AuditGroupRow
              key={`${group} ${head.id}`}
              {...place}
              group={head}
              by={group}
              tick={
                ticks && {
                  label: t('table.selectGroup', { name: plainUntrusted(nameOf(head.id), 48) }),
                  ...ticks.ofGroup(~line),
                  onToggle: () => ticks.toggleGroup(~line),
                }
              }
              onFold={() => onFold(head.id)}
            />
          )
        }
        return (
          <TableRow
            key={line}
            {...place}
            row={line}
            columns={auditColumns}
            isCursor={place.isCursor || isOpen(line)}
            tick={
              ticks === null
                ? undefined
                : ticks.canTick(line)
                  ? {
                      label: tickLabel(line),
                      isOn: ticks.isOn(line),
                      onToggle: (isRange) => ticks.toggle(line, isRange),
                    }
                  : null
            }
            onOpen={() => onOpen(line)}
          />
        )
      }}
    </TableShell>
  )
}
