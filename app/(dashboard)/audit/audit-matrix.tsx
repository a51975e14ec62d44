'use client'
import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import { useUrlState } from '@/components/layout/use-url-state'
import { FilterChip } from '@/components/ui/chip'
import { Legend } from '@/components/ui/legend'
import { Matrix } from '@/components/ui/matrix'
import { type AuditData, auditStatuses } from '@/lib/util/audit-data'
import type { AuditProjects, AuditRanks } from '@/lib/util/audit-sort'
import { itemsAt } from '@/lib/util/matrix-cells'
import { type MatrixPlace, matrixZooms } from '@/lib/util/matrix-layout'
import { matrixOfAudit } from '@/lib/util/matrix-of-audit'
import { imageShort, projectShort, useMatrixWords } from './audit-matrix-words'

interface AuditMatrixProps {
  data: AuditData
  projects: AuditProjects
  ranks: AuditRanks
  /** Members that pass the filter, and those with a finding, by their place in the audit. */
  shown: Int32Array
  marked: ReadonlySet<number>
  /** Ids: of both for a cell, of the image alone for a row, of the project alone for a column. */
  onOpen: (image: string | null, project: string | null) => void
  /** Leads to the table of the same rows. */
  onTable?: () => void
}

const urlDefaults = { zoom: 'normal', rows: '', columns: '' }
const fullest = 'fullest'
const noProjects = ['gone', 'disabled', 'odd']

/** Images down, projects across: who may use what, as a picture. */
export function AuditMatrix({ data, projects, shown, marked, onOpen, onTable, ranks }: AuditMatrixProps) {
  const t = useTranslations('auditMatrix')
  const common = useTranslations('common')
  const [url, setUrl] = useUrlState(urlDefaults)
  const zoom = matrixZooms.find((one) => one === url.zoom) ?? 'normal'
  const isFullestImageFirst = url.rows === fullest
  const isFullestProjectFirst = url.columns === fullest

  const shape = useMemo(
    () => matrixOfAudit(data, ranks, shown, marked, { isFullestImageFirst, isFullestProjectFirst }),
    [data, ranks, shown, marked, isFullestImageFirst, isFullestProjectFirst],
  )
  const { rows, columns } = useMemo(() => linesOf(data, projects, shape), [data, projects, shape])
  const describe = useMatrixWords({ data, projects, shape, marked })

  if (rows.length === 0) return <p className="py-8 text-center text-ink-2">{t('empty')}</p>

  const open = ({ row, column }: MatrixPlace) => {
    // An empty cell has nothing to tell.
    if (row >= 0 && column >= 0 && itemsAt(shape.cells, row, column).length === 0) return
    onOpen(rows[row]?.id ?? null, columns[column]?.id ?? null)
  }
  const count = { images: rows.length, projects: columns.length }

  return (
    <section aria-label={t('label', count)} className="flex min-w-0 flex-col gap-2">
      <Matrix
        label={t('label', count)}
        rows={rows}
        columns={columns}
        cells={shape.cells}
        zoom={zoom}
        onZoom={(next) => setUrl({ zoom: next })}
        describe={describe}
        hint={t(zoom === 'whole' ? 'hintWhole' : 'hint')}
        corner={t('corner', count)}
        onOpen={open}
        zoomWords={{
          group: t('zoom.group'),
          nearer: t('zoom.nearer'),
          further: t('zoom.further'),
          nearest: t('zoom.nearest'),
          furthest: t('zoom.furthest'),
          names: {
            whole: t('zoom.names.whole'),
            small: t('zoom.names.small'),
            normal: t('zoom.names.normal'),
            large: t('zoom.names.large'),
          },
        }}
      >
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset brings a frame and a legend. */}
        <div role="group" aria-label={t('order.label')} className="flex flex-wrap gap-2">
          <FilterChip
            isActive={isFullestImageFirst}
            onClick={() => setUrl({ rows: isFullestImageFirst ? '' : fullest })}
          >
            {t('order.images')}
          </FilterChip>
          <FilterChip
            isActive={isFullestProjectFirst}
            onClick={() => setUrl({ columns: isFullestProjectFirst ? '' : fullest })}
          >
            {t('order.projects')}
          </FilterChip>
        </div>
        <Legend
          label={t('legend.label')}
          items={[
            ...auditStatuses.map((state) => ({ state, label: common(`status.${state}`) })),
            { state: 'accepted', hasFinding: true, label: t('legend.finding') },
          ]}
        />
      </Matrix>
      <p className="text-ink-2 text-sm">
        {t(zoom === 'whole' ? 'howWhole' : 'how')}{' '}
        {!!onTable &&
          t.rich('twin', {
            table: (words) => (
              <button type="button" onClick={onTable} className="text-accent-ink underline">
                {words}
              </button>
            ),
          })}
      </p>
    </section>
  )
}

type Shape = ReturnType<typeof matrixOfAudit>

function linesOf(data: AuditData, projects: AuditProjects, shape: Shape) {
  // Where everything is part of a finding, a mark on each line would tell nothing.
  const isAllMarked = shape.isImageMarked.every((one) => one === 1)
  const rows = Array.from(shape.images, (at, row) => {
    const image = data.images[at] as AuditData['images'][number]
    return {
      id: image.id,
      label: imageShort(image),
      count: shape.imageCounts[row] as number,
      isMarked: !isAllMarked && shape.isImageMarked[row] === 1,
    }
  })
  const columns = Array.from(shape.projects, (at, column) => {
    const id = data.projects[at] as string
    return {
      id,
      label: projectShort(projects, id),
      count: shape.projectCounts[column] as number,
      isMarked:
        noProjects.includes(projects.get(id)?.standing ?? '') ||
        (!isAllMarked && shape.isProjectMarked[column] === 1),
    }
  })
  return { rows, columns }
}
