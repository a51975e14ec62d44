import { useTranslations } from 'use-intl'
import { type AuditData, auditStatuses } from '@/lib/util/audit-data'
import type { AuditProjects } from '@/lib/util/audit-sort'
import { shortId } from '@/lib/util/format-id'
import { formatUtc } from '@/lib/util/format-time'
import { itemsAt } from '@/lib/util/matrix-cells'
import type { MatrixPlace } from '@/lib/util/matrix-layout'
import type { AuditMatrixShape } from '@/lib/util/matrix-of-audit'
import { plainUntrusted } from '@/lib/util/untrusted-text'

const isProjectId = (id: string) => /^[0-9a-f-]{32,36}$/i.test(id)

/** What a project is called where there is little room. */
export const projectShort = (projects: AuditProjects, id: string): string =>
  projects.get(id)?.name || (isProjectId(id) ? shortId(id) : id)

/** What an image is called; a nameless one by its id. */
export const imageShort = ({ id, name }: { id: string; name: string }): string => name || shortId(id)

interface Described {
  data: AuditData
  projects: AuditProjects
  shape: AuditMatrixShape
  marked: ReadonlySet<number>
}

/** A cell, a row or a column of the matrix in words. */
export function useMatrixWords({ data, projects, shape, marked }: Described): (place: MatrixPlace) => string {
  const t = useTranslations('auditMatrix')
  const common = useTranslations('common')

  const date = (ms: number | undefined) =>
    ms === undefined || Number.isNaN(ms) ? null : formatUtc(ms).slice(0, 10)

  const facts = (members: readonly number[]) => {
    const [member] = members
    if (member === undefined) return t('none')
    const status = auditStatuses[data.status[member] ?? 0] ?? 'pending'
    const said = data.odd.get(member)?.said
    const shared = date(data.sharedAt[member])
    const answered = status === 'pending' ? null : date(data.answeredAt[member])
    return [
      said === undefined ? common(`status.${status}`) : plainUntrusted(said, 20),
      shared && t('shared', { date: shared }),
      answered && t('answered', { date: answered }),
      members.length > 1 && t('listed', { count: members.length }),
      members.some((one) => marked.has(one)) && t('found'),
    ]
      .filter(Boolean)
      .join(', ')
  }

  return ({ row, column }) => {
    const image = data.images[shape.images[row] ?? -1]
    const id = data.projects[shape.projects[column] ?? -1]
    const imageName = image ? plainUntrusted(imageShort(image)) : ''
    const project = id === undefined ? '' : plainUntrusted(projectShort(projects, id))
    if (row < 0) {
      const count = shape.projectCounts[column] ?? 0
      const standing = projects.get(id ?? '')?.standing
      return standing === 'gone' || standing === 'disabled' || standing === 'odd'
        ? t('columnStanding', { project, count, standing: t(`standing.${standing}`) })
        : t('column', { project, count })
    }
    if (column < 0) {
      const count = shape.imageCounts[row] ?? 0
      return image?.owner
        ? t('row', { image: imageName, count, owner: plainUntrusted(projectShort(projects, image.owner)) })
        : t('rowNoOwner', { image: imageName, count })
    }
    return t('cell', { image: imageName, project, facts: facts(itemsAt(shape.cells, row, column)) })
  }
}
