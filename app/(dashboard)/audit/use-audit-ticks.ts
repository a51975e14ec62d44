'use client'
import { useMemo, useState } from 'react'
import type { AuditData } from '@/lib/util/audit-data'
import { canStop, pairOf, type TickedPairs, tickedRows, toggleRows } from '@/lib/util/audit-selection'
import type { AuditView } from '@/lib/util/audit-view'

const nothing: TickedPairs = new Set()

/**
 * Which shares are ticked; none that a project of `readOnly` would have to end. Those that a filter takes away count no
 * longer, as if they had never been ticked.
 */
export function useAuditTicks(data: AuditData, view: AuditView, readOnly: ReadonlySet<string>) {
  const [ticked, setTicked] = useState(nothing)
  const [anchor, setAnchor] = useState<number | null>(null)
  const rows = useMemo(() => tickedRows(data, ticked, view.rows), [data, ticked, view.rows])
  const present = useMemo(
    () => (rows.length === 0 ? nothing : new Set(rows.map((row) => pairOf(data, row)))),
    [rows, data],
  )
  const tickable = useMemo(
    () => view.rows.reduce((count, row) => (canStop(data, row, readOnly) ? count + 1 : count), 0),
    [data, view.rows, readOnly],
  )
  const flip = (some: Iterable<number>) => setTicked(toggleRows(data, present, some, readOnly))
  const isOn = (row: number) => row < data.size && present.has(pairOf(data, row))
  const rowsOfGroup = (group: number) => {
    const { first, members } = view.groups[group] ?? { first: 0, members: 0 }
    return view.rows.subarray(first, first + members)
  }

  return {
    /** Rows in their order. */
    rows,
    /** How many of the view could be ticked. */
    tickable,
    isOn,
    canTick: (entry: number) => canStop(data, entry, readOnly),
    all: { isAll: rows.length > 0 && rows.length === tickable, isSome: rows.length > 0 },
    toggleAll: () => flip(view.rows),
    toggle: (row: number, isRange: boolean) => {
      const from = isRange && anchor !== null ? view.rows.indexOf(anchor) : -1
      const to = view.rows.indexOf(row)
      setAnchor(row)
      if (from === -1 || to === -1) flip([row])
      else {
        const reach = view.rows.subarray(Math.min(from, to), Math.max(from, to) + 1)
        // Every row between gets the state that the last one gets.
        flip(reach.filter((one) => isOn(one) === isOn(row)))
      }
    },
    ofGroup: (group: number) => {
      const some = rowsOfGroup(group).filter((row) => canStop(data, row, readOnly))
      const on = some.reduce((count, row) => (isOn(row) ? count + 1 : count), 0)
      return { isAll: on > 0 && on === some.length, isSome: on > 0 }
    },
    toggleGroup: (group: number) => flip(rowsOfGroup(group)),
    clear: () => setTicked(nothing),
  }
}

export type AuditTicks = ReturnType<typeof useAuditTicks>
