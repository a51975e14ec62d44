/** Which rows are ticked, and from where a shift-click reaches. */
export type Selection = { ids: ReadonlySet<string>; anchor: string | null }

export const EMPTY_SELECTION: Selection = { ids: new Set(), anchor: null }

/** Flips one row; with `range`, gives every row between the anchor and it the row's new state. `order` is what is on screen. */
export function toggleRow(
  selection: Selection,
  id: string,
  order: readonly string[],
  range: boolean,
): Selection {
  const ids = new Set(selection.ids)
  const isAdding = !ids.has(id)
  const from = range && selection.anchor !== null ? order.indexOf(selection.anchor) : -1
  const to = order.indexOf(id)
  const reach = from === -1 || to === -1 ? [id] : order.slice(Math.min(from, to), Math.max(from, to) + 1)
  for (const one of reach) {
    if (isAdding) ids.add(one)
    else ids.delete(one)
  }
  return { ids, anchor: id }
}

/** Ticks all rows on screen, or, when all of them are, none. */
export function toggleAllRows(selection: Selection, order: readonly string[]): Selection {
  const isAll = order.length > 0 && order.every((id) => selection.ids.has(id))
  return { ids: new Set(isAll ? [] : order), anchor: null }
}

/** Drops ids that are no longer among the rows; the same object when nothing was dropped. */
export function keepPresent(selection: Selection, present: ReadonlySet<string>): Selection {
  const ids = new Set([...selection.ids].filter((id) => present.has(id)))
  return ids.size === selection.ids.size ? selection : { ids, anchor: selection.anchor }
}
