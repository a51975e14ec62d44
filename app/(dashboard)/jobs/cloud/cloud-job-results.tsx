'use client'
import { useTranslations } from 'use-intl'
import type { Column } from '@/components/table/columns'
import { DataTable } from '@/components/table/data-table'
import { CopyText } from '@/components/ui/copy-text'
import { OutcomeBadge } from '@/components/ui/state-badge'
import type { UpstreamJobReport } from '@/lib/contracts/jobs'
import { isUnderWay } from '@/lib/queries/cloud-jobs'

/** With its place: the cloud may name an image once for each of its projects, without the project. */
type Result = UpstreamJobReport['results'][number] & { place: number }

const columns: readonly Column<Result, 'image' | 'project' | 'result'>[] = [
  { key: 'image', phone: 'title', cell: (row) => <Id id={row.imageId} what="copyImage" /> },
  {
    key: 'project',
    phone: 'wide',
    cell: (row) => (row.projectId === null ? <Untold /> : <Id id={row.projectId} what="copyProject" />),
  },
  { key: 'result', width: 'w-32', phone: 'fact', cell: (row) => <Outcome hasWorked={row.succeeded} /> },
]

/** What became of single images, where the cloud tells. */
export function CloudJobResults({ job }: { job: UpstreamJobReport }) {
  const t = useTranslations('cloudJob')
  if (job.results.length === 0) {
    return <p className="text-ink-2">{t(isUnderWay(job) ? 'resultsNotYet' : 'resultsNone')}</p>
  }
  return (
    <div className="-mx-4 border-line border-t md:-mx-6">
      <DataTable
        label={t('results')}
        columns={columns}
        headers={{
          image: t('columns.image'),
          project: t('columns.project'),
          result: t('columns.result'),
        }}
        rows={job.results.map((result, place) => ({ ...result, place }))}
        rowId={({ place }) => String(place)}
      />
    </div>
  )
}

function Id({ id, what }: { id: string; what: 'copyImage' | 'copyProject' }) {
  const t = useTranslations('cloudJob')
  const tc = useTranslations('common')
  return <CopyText text={id} label={tc('copy', { what: t(what) })} copiedLabel={tc('copied')} />
}

function Untold() {
  const t = useTranslations('cloudJob')
  return <span className="text-ink-3">{t('projectUntold')}</span>
}

function Outcome({ hasWorked }: { hasWorked: boolean }) {
  const t = useTranslations('cloudJob')
  return (
    <OutcomeBadge outcome={hasWorked ? 'done' : 'failed'} label={t(hasWorked ? 'succeeded' : 'notDone')} />
  )
}
