'use client'
import { useState } from 'react'
import type { AuditGroup, AuditView } from '@/lib/util/audit-view'

const none: ReadonlySet<string> = new Set()

/** Which groups are folded, by the ids of their kind; another kind of group begins unfolded. */
export function useFolds(group: AuditGroup | null) {
  const [folds, setFolds] = useState<{ group: AuditGroup | null; ids: ReadonlySet<string> }>({
    group: null,
    ids: none,
  })
  const folded = folds.group === group ? folds.ids : none
  const set = (ids: ReadonlySet<string>) => setFolds({ group, ids })
  return {
    folded,
    toggle: (id: string) => {
      const ids = new Set(folded)
      if (!ids.delete(id)) ids.add(id)
      set(ids)
    },
    allOf: ({ groups }: AuditView) => {
      const isAllFolded = groups.length > 0 && groups.every(({ isFolded }) => isFolded)
      return { isAllFolded, onFoldAll: () => set(isAllFolded ? none : new Set(groups.map(({ id }) => id))) }
    },
  }
}
