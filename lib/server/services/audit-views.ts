import 'server-only'
import type { ProjectContext } from '../context'
import { noteView } from './activity-views'

/** Notes that somebody looks at an audit, before any of it is shown. */
export const noteAuditView = (ctx: ProjectContext, auditId: string): Promise<void> =>
  noteView(ctx, {
    verb: 'audit.view',
    subject: auditId,
    targets: { auditId },
    scope: { region: ctx.scope.region, projectId: ctx.project.id },
  })
