import 'server-only'
import type { ExportFormat } from '../../contracts/audits'
import { csvLine } from '../../util/csv'
import { hclComment, hclNamePart, hclText } from '../../util/hcl'
import type { Cell } from './audit-export-cells'
import type { ExportPart, Share } from './audit-export-parts'

/** What a file says of itself before its rows. */
export type Facts = Readonly<Record<string, Cell | readonly Record<string, Cell>[]>>

/** How a format is written; the texts in their order are the file. */
export interface Writer {
  contentType: string
  ending: string
  head: (facts: Facts, columns: readonly string[]) => string
  part: (part: ExportPart, columns: readonly string[], isFirst: boolean) => string
  /** `leftOut`: images that could not be compared; null where nothing was. */
  tail: (leftOut: number | null) => string
}

const csv: Writer = {
  contentType: 'text/csv; charset=utf-8',
  ending: 'csv',
  head: (_facts, columns) => csvLine(columns),
  part: ({ records }) =>
    records
      .map((record) => csvLine(record.map((cell) => (typeof cell === 'boolean' ? String(cell) : cell))))
      .join(''),
  tail: () => '',
}

/** One object: the facts, then `rows` with a row on each line. */
const json: Writer = {
  contentType: 'application/json',
  ending: 'json',
  head: (facts) => `${JSON.stringify(facts, null, 2).slice(0, -2)},\n  "rows": [`,
  part: ({ records }, columns, isFirst) =>
    records
      .map((record, at) => {
        const row = Object.fromEntries(columns.map((name, column) => [name, record[column] ?? null]))
        return `${isFirst && at === 0 ? '\n' : ',\n'}    ${JSON.stringify(row)}`
      })
      .join(''),
  tail: (leftOut) => `\n  ]${leftOut === null ? '' : `,\n  "images_left_out": ${leftOut}`}\n}\n`,
}

const resourceType = 'openstack_images_image_access_v2'

/**
 * Resources of the OpenStack provider for Terraform and OpenTofu, each with an `import` block: the memberships are there
 * already, and are to be taken over, not made. What can't be a resource is a comment.
 */
const hcl: Writer = {
  contentType: 'text/plain; charset=utf-8',
  ending: 'tf',
  head: (facts) =>
    hclComment(
      'Memberships of images, as read from the cloud. Written for Terraform 1.5 or later, and OpenTofu.',
      ...(facts.reach === 'cloud'
        ? ['Setting a status takes an administrator; leave these lines out for anybody else.']
        : []),
      ...Object.entries(facts).map(([name, value]) => `${name}: ${factText(value)}`),
    ),
  part: ({ shares }) => shares.map(resource).join(''),
  tail: (leftOut) => (leftOut ? `\n${hclComment(`images that could not be compared: ${leftOut}`)}` : ''),
}

function factText(value: Facts[string]): string {
  if (value === null) return 'none'
  if (typeof value !== 'object') return String(value)
  return value
    .map((each) =>
      Object.values(each)
        .filter((cell) => cell !== null)
        .join(' '),
    )
    .join(', ')
}

const obstacles = {
  gone: 'no longer shared',
  not_ours: 'shared by another project, which alone can manage it',
  no_project: 'no project that the provider could manage',
  duplicate: 'there twice',
}

function resource({
  image,
  project,
  projectName,
  status,
  obstacle,
  said,
  findings,
  setsStatus,
}: Share): string {
  const comment = hclComment(
    `${image.name || image.id} for ${projectName ?? project}`,
    ...findings.map((kind) => `finding: ${kind}`),
    ...(said === null && setsStatus ? [] : [`status: ${said ?? status}`]),
  )
  if (obstacle)
    return `\n${comment}${hclComment(`not written, ${obstacles[obstacle]}: image ${image.id}, member ${project}`)}`
  const name = `share_${hclNamePart(image.id)}_to_${hclNamePart(project)}`
  const attributes = [
    ['image_id ', image.id],
    ['member_id', project],
    ...(setsStatus && said === null ? [['status   ', status]] : []),
  ]
  return `
${comment}import {
  to = ${resourceType}.${name}
  id = ${hclText(`${image.id}/${project}`)}
}

resource "${resourceType}" "${name}" {
${attributes.map(([key, value]) => `  ${key} = ${hclText(value ?? '')}`).join('\n')}
}
`
}

export const auditWriters: Record<ExportFormat, Writer> = { csv, json, hcl }
