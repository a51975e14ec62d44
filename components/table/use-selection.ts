'use client'

import { useCallback, useMemo, useState } from 'react'
import { EMPTY_SELECTION, keepPresent, type Selection, toggleAllRows, toggleRow } from '@/lib/util/selection'

export type RowSelection = {
  ids: ReadonlySet<string>
  toggle: (id: string, isRange?: boolean) => void
  toggleAll: () => void
  clear: () => void
}

/** Ticked rows among `order`, the ids on screen. Rows that go (filter, refetch) are no longer ticked. */
export function useSelection(order: readonly string[]): RowSelection {
  const [selection, setSelection] = useState<Selection>(EMPTY_SELECTION)
  const present = useMemo(() => keepPresent(selection, new Set(order)), [selection, order])
  const toggle = useCallback(
    (id: string, isRange = false) => setSelection(toggleRow(present, id, order, isRange)),
    [present, order],
  )
  const toggleAll = useCallback(() => setSelection(toggleAllRows(present, order)), [present, order])
  const clear = useCallback(() => setSelection(EMPTY_SELECTION), [])
  return { ids: present.ids, toggle, toggleAll, clear }
}
