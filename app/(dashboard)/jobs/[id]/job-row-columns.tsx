'use client'
import type { Column } from '@/components/table/columns'
import { RelativeTime } from '@/components/ui/relative-time'
import type { JobItemView, JobTarget } from '@/lib/contracts/jobs'
import { Request, State, Target } from './pair-cells'

export interface JobRow {
  item: JobItemView
  image: JobTarget
  project: JobTarget
}

/** The columns of the pairs of one job. */
export const jobRowColumns: readonly Column<
  JobRow,
  'image' | 'project' | 'state' | 'request' | 'finished'
>[] = [
  { key: 'image', phone: 'title', cell: ({ image }) => <Target target={image} /> },
  { key: 'project', phone: 'wide', cell: ({ project }) => <Target target={project} /> },
  { key: 'state', phone: 'wide', cell: ({ item }) => <State item={item} /> },
  {
    key: 'request',
    width: 'w-36',
    from: 'xl',
    cell: ({ item }) => (item.requestId === null ? null : <Request id={item.requestId} />),
  },
  {
    key: 'finished',
    width: 'w-24',
    align: 'end',
    cell: ({ item }) => (item.finishedAt === null ? null : <RelativeTime at={item.finishedAt} />),
  },
]
