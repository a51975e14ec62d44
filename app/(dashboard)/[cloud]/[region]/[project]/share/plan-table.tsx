'use client'
import { useTranslations } from 'use-intl'
import type { Column } from '@/components/table/columns'
import { DataTable } from '@/components/table/data-table'
import { Mark } from '@/components/ui/mark'
import { RelativeTime } from '@/components/ui/relative-time'
import { UntrustedText } from '@/components/ui/untrusted-text'
import { shortId } from '@/lib/util/format-id'
import type { PairPlan } from '@/lib/util/share-plan'
import type { Composer } from './use-composer'

interface PlanRow {
  key: string
  image: string
  project: string
  projectId: string
  pair: PairPlan
}

function PlanState({ pair }: { pair: PairPlan }) {
  const t = useTranslations('share')
  return (
    <span className="flex items-center gap-1.5">
      <Mark state={pair.state === 'unread' ? 'none' : pair.state} />
      <span className="min-w-0">
        {t(`plan.states.${pair.state}`)}
        {pair.state === 'impossible' && (
          <span className="text-ink-3"> · {t(`impossible.short.${pair.reason}`)}</span>
        )}
      </span>
    </span>
  )
}

const columns: readonly Column<PlanRow, 'image' | 'project' | 'state' | 'since'>[] = [
  {
    key: 'image',
    phone: 'title',
    cell: (row) => <UntrustedText text={row.image} className="block truncate font-semibold" />,
  },
  {
    key: 'project',
    phone: 'fact',
    cell: (row) => (
      <>
        {row.project !== shortId(row.projectId) && (
          <UntrustedText text={row.project} className="block truncate" />
        )}
        <span className="block truncate font-mono text-ink-3 text-xs">{row.projectId}</span>
      </>
    ),
  },
  { key: 'state', phone: 'wide', width: 'w-56', cell: (row) => <PlanState pair={row.pair} /> },
  {
    key: 'since',
    width: 'w-24',
    cell: ({ pair }) => ('sharedAt' in pair ? <RelativeTime at={pair.answeredAt ?? pair.sharedAt} /> : null),
  },
]

/** The table twin of the plan's grid: the same pairs, readable and within reach of a finger. */
export function PlanTable({ composer, nameOf }: { composer: Composer; nameOf: (project: string) => string }) {
  const t = useTranslations('share.plan')
  const headers = { image: t('image'), project: t('project'), state: t('state'), since: t('since') }
  const { images, projects, plan } = composer
  const rows = images.flatMap((image, i) =>
    projects.flatMap((projectId, j): PlanRow[] => {
      const pair = plan.rows[i]?.[j]
      return pair
        ? [
            {
              key: `${image.id} ${projectId}`,
              image: image.name,
              project: nameOf(projectId),
              projectId,
              pair,
            },
          ]
        : []
    }),
  )
  return (
    <div className="-mx-4 md:-mx-6">
      <DataTable
        label={t('heading')}
        columns={columns}
        headers={headers}
        rows={rows}
        rowId={(row) => row.key}
        areKeysOn={false}
      />
    </div>
  )
}
