import type { Column } from '@/components/table/columns'
import type { CapabilityRow } from '@/lib/util/capability-list'
import { OverrideLine, Question, Source, Value } from './capability-cells'

export type CapabilityColumnKey = 'what' | 'value' | 'source' | 'line'

/** The columns of what a cloud can do. */
export const capabilityColumns: readonly Column<CapabilityRow, CapabilityColumnKey>[] = [
  { key: 'what', isWrapped: true, phone: 'title', cell: (row) => <Question row={row} /> },
  { key: 'value', width: 'w-44', isWrapped: true, phone: 'fact', cell: (row) => <Value row={row} /> },
  { key: 'source', width: 'w-56', isWrapped: true, phone: 'fact', cell: (row) => <Source row={row} /> },
  {
    key: 'line',
    width: 'w-64',
    isWrapped: true,
    from: 'lg',
    phone: 'wide',
    cell: (row) => <OverrideLine row={row} />,
  },
]
