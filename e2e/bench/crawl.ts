import { randomUUID } from 'node:crypto'
import { type AuditSummary, isAuditOver } from '../../lib/contracts/audits.ts'
import type { Scope } from '../../lib/contracts/scope.ts'
import { api } from '../../lib/paths.ts'
import { callAction, valueIn } from '../tools/action-client.ts'
import type { Dashboard } from '../tools/dashboard.ts'
import { ask } from '../tools/raw-http.ts'

export interface Crawl {
  audit: AuditSummary
  /** From the moment the worker takes the audit to the moment it is complete. */
  seconds: number
}

/** Runs one audit through a dashboard. `meanwhile` is called about once a second. @throws unless it completes */
export async function measureCrawl(
  dashboard: Dashboard,
  cookie: string,
  scope: Scope,
  meanwhile: () => void = () => {},
): Promise<Crawl> {
  const wish = { ...scope, idempotencyKey: randomUUID() }
  let audit = valueIn<AuditSummary>(await callAction(dashboard, 'startAudit', wish, { cookie }))
  while (!isAuditOver(audit) && audit.state !== 'paused') {
    await new Promise((resolve) => setTimeout(resolve, 1_000))
    meanwhile()
    audit = JSON.parse((await ask(dashboard, api.audit(scope, audit.id), { headers: { cookie } })).text)
  }
  const { progress, startedAt, finishedAt } = audit
  if (audit.state !== 'complete' || progress.imagesRefused > 0) {
    throw new Error(`The audit ended ${audit.state}: ${JSON.stringify(audit)}`)
  }
  const seconds = (Date.parse(finishedAt ?? '') - Date.parse(startedAt ?? '')) / 1_000
  return { audit, seconds }
}
