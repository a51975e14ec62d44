'use client'

import { useState } from 'react'
import { type Shortcuts, useShortcuts } from '@/components/ui/use-shortcuts'

type RowKeysOptions = {
  count: number
  isEnabled: boolean
  /** Brings a row into view and gives it the focus. */
  focusRow: (index: number) => void
  onOpen?: (index: number) => void
  onSelect?: (index: number, isRange: boolean) => void
  /** Keys of the screen, such as "a" and "r", for the row in hand. */
  keys?: Readonly<Record<string, (index: number) => void>>
}

/** The keyboard's row: `j` and `k` move it, `x` ticks it (Shift: a range), Enter opens it. Returns its index and a setter. */
export function useRowKeys(options: RowKeysOptions): [number | null, (index: number | null) => void] {
  const { count, isEnabled, focusRow, onOpen, onSelect, keys } = options
  const [wanted, setCursor] = useState<number | null>(null)
  const cursor = wanted === null || count === 0 ? null : Math.min(wanted, count - 1)

  const move = (step: number) => {
    if (count === 0) return false
    const next = cursor === null ? 0 : Math.max(0, Math.min(count - 1, cursor + step))
    setCursor(next)
    focusRow(next)
    return true
  }
  const act = (run: ((index: number) => void) | undefined) => {
    if (!run || cursor === null) return false
    run(cursor)
    return true
  }

  const shortcuts: Shortcuts = {
    j: () => move(1),
    k: () => move(-1),
    x: () => act(onSelect && ((index) => onSelect(index, false))),
  }
  // Keys whose names begin with a capital letter, apart because they look like components.
  shortcuts.X = () => act(onSelect && ((index) => onSelect(index, true)))
  shortcuts.Enter = (event) => {
    // On a link, a button or a tick Enter is theirs; only the row itself opens.
    const isRow = event.target instanceof HTMLElement && event.target.matches('tr, body')
    return isRow && act(onOpen)
  }
  for (const [key, run] of Object.entries(keys ?? {})) shortcuts[key] = () => act(run)

  useShortcuts(shortcuts, isEnabled)
  return [cursor, setCursor]
}
