'use client'
import type { Column } from '@/components/table/columns'
import {
  AgeCell,
  AnswerCell,
  AnsweredCell,
  ImageCell,
  OwnerCell,
  RecipientCell,
  SharedCell,
} from './audit-cells'

export type AuditColumn = 'image' | 'owner' | 'recipient' | 'status' | 'shared' | 'answered' | 'age'

/** The columns of the audit; a row is an entry of `lib/util/audit-view`. */
export const auditColumns: readonly Column<number, AuditColumn>[] = [
  { key: 'image', phone: 'title', isSortable: true, cell: (entry) => <ImageCell entry={entry} /> },
  {
    key: 'owner',
    width: 'w-36',
    from: 'lg',
    isSortable: true,
    cell: (entry) => <OwnerCell entry={entry} />,
  },
  {
    key: 'recipient',
    width: 'w-66',
    phone: 'wide',
    isSortable: true,
    cell: (entry) => <RecipientCell entry={entry} />,
  },
  {
    key: 'status',
    width: 'w-28',
    phone: 'fact',
    isSortable: true,
    cell: (entry) => <AnswerCell entry={entry} />,
  },
  {
    key: 'shared',
    width: 'w-28',
    from: 'lg',
    phone: 'fact',
    isSortable: true,
    cell: (entry) => <SharedCell entry={entry} />,
  },
  {
    key: 'answered',
    width: 'w-29',
    from: 'xl',
    isSortable: true,
    cell: (entry) => <AnsweredCell entry={entry} />,
  },
  {
    key: 'age',
    width: 'w-24',
    align: 'end',
    phone: 'fact',
    isSortable: true,
    cell: (entry) => <AgeCell entry={entry} />,
  },
]
