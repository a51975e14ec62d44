'use client'
import type { Column } from '@/components/table/columns'
import type { AuditChange } from '@/lib/contracts/audits'
import { Answer, Image, Recipient, What } from './changes-cells'

/** The columns of a comparison. */
export const changesColumns: readonly Column<AuditChange, 'kind' | 'image' | 'project' | 'answer'>[] = [
  { key: 'kind', width: 'w-44', phone: 'fact', cell: (change) => <What change={change} /> },
  { key: 'image', phone: 'title', cell: (change) => <Image change={change} /> },
  { key: 'project', phone: 'wide', cell: (change) => <Recipient change={change} /> },
  { key: 'answer', width: 'w-56', phone: 'wide', cell: (change) => <Answer change={change} /> },
]
