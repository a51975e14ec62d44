'use client'
import type { Column } from '@/components/table/columns'
import { RelativeTime } from '@/components/ui/relative-time'
import { UntrustedText } from '@/components/ui/untrusted-text'
import type { JobSummary } from '@/lib/contracts/jobs'
import { Outcome, What, Who } from './job-cells'
import { JobStateBadge } from './job-state-badge'

/** The columns of the list of jobs. */
export const jobColumns: readonly Column<
  JobSummary,
  'what' | 'project' | 'who' | 'outcome' | 'state' | 'when'
>[] = [
  { key: 'what', phone: 'title', cell: (job) => <What job={job} /> },
  {
    key: 'project',
    width: 'w-56',
    from: 'lg',
    phone: 'fact',
    cell: (job) => <UntrustedText text={job.projectName} className="block truncate" />,
  },
  { key: 'who', width: 'w-28', from: 'lg', cell: (job) => <Who job={job} /> },
  { key: 'outcome', width: 'w-72', phone: 'wide', cell: (job) => <Outcome job={job} /> },
  { key: 'state', width: 'w-44', phone: 'fact', cell: (job) => <JobStateBadge job={job} /> },
  {
    key: 'when',
    width: 'w-28',
    align: 'end',
    phone: 'fact',
    cell: (job) => <RelativeTime at={job.createdAt} className="text-ink-2" />,
  },
]
