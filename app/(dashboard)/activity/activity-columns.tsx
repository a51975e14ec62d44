'use client'
import type { Column } from '@/components/table/columns'
import type { ActivityEntry } from '@/lib/contracts/activity'
import { OnWhat, Outcome, Reference, What, When, Who } from './activity-cells'

/** The columns of the log. */
export const activityColumns: readonly Column<
  ActivityEntry,
  'when' | 'what' | 'on' | 'who' | 'outcome' | 'reference'
>[] = [
  { key: 'when', width: 'w-36', phone: 'end', cell: (entry) => <When entry={entry} /> },
  { key: 'what', width: 'w-44', phone: 'title', cell: (entry) => <What entry={entry} /> },
  { key: 'on', phone: 'wide', cell: (entry) => <OnWhat entry={entry} /> },
  { key: 'who', width: 'w-28', phone: 'fact', cell: (entry) => <Who entry={entry} /> },
  { key: 'outcome', width: 'w-52', phone: 'wide', cell: (entry) => <Outcome entry={entry} /> },
  { key: 'reference', width: 'w-40', from: 'xl', cell: (entry) => <Reference entry={entry} /> },
]
