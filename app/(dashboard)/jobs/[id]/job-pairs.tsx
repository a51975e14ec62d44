'use client'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import { PairGrid } from '@/components/ui/pair-grid'
import type { ItemState, JobView } from '@/lib/contracts/jobs'
import { outcomeCells, pairFailure, pairState, targetName } from '@/lib/util/job-progress'
import { plainUntrusted } from '@/lib/util/untrusted-text'
import { JobTable } from './job-table'
import type { PairAt } from './job-view'
import { PairFilter } from './pair-filter'

/** Every pair, as a grid that fills in or as its table twin. */
export function JobPairs({ job, onChoose }: { job: JobView; onChoose: (pair: PairAt) => void }) {
  const t = useTranslations('job')
  const [isTable, setTable] = useState(false)
  const [state, setState] = useState<ItemState | 'all'>('all')

  const describe = (row: number, column: number) => {
    const state = pairState(job.cells, row, column)
    return t('pairWords', {
      image: plainUntrusted(targetName(job.images[row])),
      project: plainUntrusted(targetName(job.projects[column])),
      state: t(`cells.${state ?? 'none'}`),
    })
  }
  const hasHoles = job.images.length * job.projects.length > job.total
  const isFailed = (row: number, column: number) => pairFailure(job.failures, row, column) !== null

  return (
    <section aria-label={t('table.label')} className="flex flex-col gap-3">
      <div className="flex items-center gap-2">
        {!!isTable && <PairFilter job={job} state={state} onState={setState} />}
        <Button
          variant="link"
          size="sm"
          className="ml-auto"
          aria-pressed={isTable}
          onClick={() => setTable(!isTable)}
        >
          {t(isTable ? 'asGrid' : 'asTable')}
        </Button>
      </div>
      {isTable ? (
        <JobTable job={job} state={state} />
      ) : (
        <PairGrid
          label={t('grid', { images: job.images.length, projects: job.projects.length })}
          rows={job.images.map((image, row) => ({
            id: image.id,
            name: targetName(image),
            isMarked: job.projects.length > 1 && job.projects.every((_, column) => isFailed(row, column)),
          }))}
          columns={job.projects.map((project, column) => ({
            id: project.id,
            label: targetName(project),
            isMarked: job.images.length > 1 && job.images.every((_, row) => isFailed(row, column)),
          }))}
          cells={outcomeCells(job.cells)}
          describe={describe}
          hint={hasHoles ? `${t('gridHint')} ${t('gridHoles')}` : t('gridHint')}
          onOpen={(row, column) => {
            if (pairState(job.cells, row, column)) onChoose({ row, column })
          }}
        />
      )}
    </section>
  )
}
