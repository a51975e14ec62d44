'use client'
import { lazy, Suspense, useRef } from 'react'
import { useTranslations } from 'use-intl'
import { drawRows } from '@/components/table/draw-rows'
import { TableHead } from '@/components/table/table-head'
import { TableRow } from '@/components/table/table-row'
import { useRowKeys } from '@/components/table/use-row-keys'
import { firstRows, isLong } from '@/components/table/visible-rows'
import { type AuditGroup, type AuditView, imageOf, projectOf, type Sorting } from '@/lib/util/audit-view'
import { plainUntrusted } from '@/lib/util/untrusted-text'
import { type AuditColumn, auditColumns } from './audit-columns'
import { type Opened, useAuditContext } from './audit-context'
import { AuditGroupRow } from './audit-group-row'
import type { AuditTicks } from './use-audit-ticks'

const LongRows = lazy(async () => ({ default: (await import('@/components/table/long-rows')).LongRows }))

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

/** Every row of an audit, or those that fit, built as far as the window shows them. */
export function AuditTable(props: AuditTableProps) {
  const { view, group, sorting, onSort, onFold, ticks, opened, headers, isBusy } = props
  const t = useTranslations('audit')
  const { data, projects, onOpen } = useAuditContext()
  const bodyRef = useRef<HTMLTableSectionElement>(null)
  const scrollRef = useRef<((index: number) => void) | null>(null)
  const { lines, groups } = view
  const focusRow = (index: number) => {
    scrollRef.current?.(index)
    // A row far away is built only after the scroll.
    requestAnimationFrame(() => {
      const row = bodyRef.current?.querySelector<HTMLElement>(`tr[data-index="${index}"]`)
      row?.focus({ preventScroll: true })
      row?.scrollIntoView({ block: 'nearest' })
    })
  }
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
  const [cursor, setCursor] = useRowKeys({
    ids: lines,
    isEnabled: true,
    focusRow,
    onOpen: open,
    onSelect: ticks ? toggle : undefined,
  })

  const tickLabel = (entry: number) =>
    t('table.select', {
      image: plainUntrusted(data.images[imageOf(data, entry)]?.name || t('table.unnamed'), 48),
      project: plainUntrusted(nameOf(data.projects[projectOf(data, entry)] ?? ''), 48),
    })
  const nameOf = (id: string) => projects.get(id)?.name ?? id

  const draw = drawRows((index, measure) => {
    const line = lines[index]
    if (line === undefined) return null
    const head = groupAt(line)
    if (head && group !== null) {
      return (
        <AuditGroupRow
          key={`${group} ${head.id}`}
          ref={measure}
          index={index}
          group={head}
          by={group}
          isCursor={cursor === index}
          tick={
            ticks && {
              label: t('table.selectGroup', { name: plainUntrusted(nameOf(head.id), 48) }),
              ...ticks.ofGroup(~line),
              onToggle: () => ticks.toggleGroup(~line),
            }
          }
          onFold={() => onFold(head.id)}
          onPress={() => setCursor(index)}
        />
      )
    }
    return (
      <TableRow
        key={line}
        ref={measure}
        row={line}
        index={index}
        columns={auditColumns}
        isCursor={cursor === index || isOpen(line)}
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
        onPress={() => setCursor(index)}
      />
    )
  })

  return (
    <div className="@container">
      <table
        aria-label={t('table.label')}
        aria-rowcount={lines.length + 1}
        aria-busy={isBusy || undefined}
        className="w-full table-fixed border-separate border-spacing-0 @max-2xl:block"
      >
        <TableHead
          columns={auditColumns}
          headers={headers}
          sort={{ key: sorting.by, direction: sorting.isDescending ? 'desc' : 'asc' }}
          onSort={onSort}
          all={ticks ? { label: t('table.selectAll'), ...ticks.all, onToggle: ticks.toggleAll } : undefined}
        />
        <tbody ref={bodyRef} className="@max-2xl:block">
          {isLong(lines.length) ? (
            <Suspense fallback={draw(firstRows(lines.length))}>
              <LongRows count={lines.length} bodyRef={bodyRef} scrollRef={scrollRef}>
                {draw}
              </LongRows>
            </Suspense>
          ) : (
            draw(firstRows(lines.length))
          )}
        </tbody>
      </table>
    </div>
  )
}
