import 'server-only'
import { parse as parseCsv } from 'csv-parse/sync'
import * as hcl2 from 'hcl2-parser'
import { expect } from 'vitest'
import type { z } from 'zod'
import type { AuditExportInput } from '../../contracts/inputs/audits'
import type { ProjectContext } from '../context'
import { exportAudit } from '../services/audit-export'
import type { TestAudit } from './test-audits'

/** What to save of an audit. */
export type Wish = Omit<z.output<typeof AuditExportInput>, 'cloud' | 'region' | 'project'>

/** Names that mean something to a spreadsheet, a parser or an eye. */
export const nasty = [
  '=HYPERLINK("http://evil.test")',
  '+1',
  '-1+1',
  '@SUM(A1)',
  '\t=1',
  'a;=1',
  'quote " comma , semi ;',
  'two\nlines\r\nand more',
  '$\u007bfile("/etc/passwd")}',
  '%\u007b if true }x%\u007b endif }',
  'back\\slash',
  'deb\u202eian\u200b',
  'naïve 👩‍💻 文字',
  'x'.repeat(255),
  '*/ # // /* <<EOT',
]
/** When stored audits were read, unless told otherwise. */
export const readAt = new Date('2026-11-20T12:00:00.000Z')
const hex = (at: number) => at.toString(16).padStart(32, '0')

/** An audit in which each of these names is an image's, a project's and a member's. */
export const hostile: TestAudit = {
  note: 'line one\n} resource "x" "y" {',
  images: nasty.map((name, at) => ({
    id: `00000000-0000-0000-0000-${String(at).padStart(12, '0')}`,
    name,
    owner: hex(1_000 + at),
    status: name.slice(0, 20),
    createdAt: '2026-01-02T03:04:05Z',
    members: [
      { project: hex(at), status: 'pending', sharedAt: '2026-11-10T12:00:00Z', answeredAt: null },
      { project: name.replaceAll('/', ''), status: 'accepted', sharedAt: null },
    ],
  })),
  projects: nasty.map((name, at) => ({
    id: hex(at),
    name,
    domainId: 'default',
    domainName: name,
    standing: 'disabled' as const,
  })),
}

/** What a browser would save. */
async function textOf(body: ReadableStream<Uint8Array>): Promise<string> {
  return new Response(body).text()
}

/** A file as a reader of tables understands it. */
export const records = (text: string): Record<string, string>[] => parseCsv(text, { columns: true })
/** Without the apostrophes that keep a spreadsheet from running a cell. */
export const unguarded = (cell: string | undefined) => cell?.replace(/(^|[;\t\r\n])'/g, '$1')

export interface Resource {
  image_id: string
  member_id: string
  status?: string
}
/** A file as Terraform understands it; fails for one that holds anything but resources and their imports. */
export function resources(text: string) {
  const [file] = hcl2.parseToObject(text)
  const byName: Record<string, [Resource]> = file?.resource?.openstack_images_image_access_v2 ?? {}
  const imports: { to: string; id: string }[] = file?.import ?? []
  expect(Object.keys(file ?? {}).sort()).toEqual(imports.length > 0 ? ['import', 'resource'] : [])
  return { byName, imports, all: Object.values(byName).map(([resource]) => resource) }
}

/** Exports as the gate does, and reads the file to its end. */
export async function savedBy(ctx: ProjectContext, wish: Wish) {
  const { body, ...file } = await exportAudit(ctx, wish)
  return { ...file, text: await textOf(body) }
}
