import 'server-only'
import { sql } from 'drizzle-orm'
import type { AuditProject } from '../../contracts/audits'
import type { Database } from '../store/store'
import type { AuditRun } from './audit-rows'

/** Stores what is known of some projects, unless another worker has the audit. */
export async function storeProjects(
  db: Database,
  run: AuditRun,
  projects: readonly AuditProject[],
): Promise<void> {
  if (projects.length === 0) return
  await db.execute(sql`
    with fence as (
      select id from audit_snapshot where id = ${run.id}::uuid and attempt = ${run.attempt} and state = 'running' for share
    )
    insert into audit_project (audit_id, project_id, name, domain_id, domain_name, standing)
    select fence.id, given.id, name, "domainId", "domainName", standing
    from fence, jsonb_to_recordset(${JSON.stringify(projects)}::jsonb) as given (
      id text, name text, "domainId" text, "domainName" text, standing text
    )
    on conflict (audit_id, project_id) do update set
      name = excluded.name, domain_id = excluded.domain_id, domain_name = excluded.domain_name, standing = excluded.standing`)
}

/** Owners and recipients of the audit of whom nothing is stored yet, in the order of their ids. */
export async function readUnresolved(
  db: Database,
  run: AuditRun,
  { after, count }: { after: string; count: number },
): Promise<string[]> {
  const result = await db.execute(sql`
    select id from (
      select owner as id from audit_image where audit_id = ${run.id}::uuid
      union
      select member->>'project' from audit_image, jsonb_array_elements(members) as member
      where audit_id = ${run.id}::uuid
    ) as named
    where id > ${after} and not exists (
      select 1 from audit_project as known where known.audit_id = ${run.id}::uuid and known.project_id = named.id)
    order by id limit ${count}`)
  return result.rows.map((row) => String(row.id))
}
