'use client'

import { useState } from 'react'
import { type Shortcuts, useShortcuts } from '@/components/ui/use-shortcuts'

/** The ids of rows in their order: texts, or the numbers of a typed array where there are very many. */
type RowIds<Id extends string | number> = {
  readonly length: number
  readonly [index: number]: Id
  indexOf: (id: Id) => number
}

export type RowKeysOptions<Id extends string | number> = {
  /** Of the rows, in order: the row in hand stays the same one while others come, go and change places. */
  ids: RowIds<Id>
  isEnabled: boolean
  /** Brings a row into view and gives it the focus. */
  focusRow: (index: number) => void
  onOpen?: (index: number) => void
  onSelect?: (index: number, isRange: boolean) => void
  /** Keys of the screen, such as "a" and "r", for the row in hand. */
  keys?: Readonly<Record<string, (index: number) => void>>
}

type InHand<Id> = { id: Id | undefined; index: number }

/** The keyboard's row: `j` and `k` move it, `x` ticks it (Shift: a range), Enter opens it. Returns its index and a setter. */
export function useRowKeys<Id extends string | number>(
  options: RowKeysOptions<Id>,
): [number | null, (index: number) => void] {
  const { ids, isEnabled, focusRow, onOpen, onSelect, keys } = options
  const count = ids.length
  const [inHand, setInHand] = useState<InHand<Id> | null>(null)
  const setCursor = (index: number) => setInHand({ id: ids[index], index })
  const cursor = inHand && indexIn(ids, inHand)
  if (cursor !== null && (cursor !== inHand?.index || ids[cursor] !== inHand.id)) setCursor(cursor)

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
  // A key held down must not act on one row after the other.
  for (const [key, run] of Object.entries(keys ?? {})) shortcuts[key] = (event) => event.repeat || act(run)

  useShortcuts(shortcuts, isEnabled)
  return [cursor, setCursor]
}

/** Where the row in hand is now. One that is gone leaves its place to the row that came there. */
function indexIn<Id extends string | number>(ids: RowIds<Id>, { id, index }: InHand<Id>): number | null {
  if (ids.length === 0) return null
  if (ids[index] === id) return index
  const found = id === undefined ? -1 : ids.indexOf(id)
  return found === -1 ? Math.min(index, ids.length - 1) : found
}
