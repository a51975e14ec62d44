import 'server-only'
import type { MemberLimit } from '../../contracts/images'
import type { ProjectContext } from '../context'
import { findFact } from '../store/fact-rows'

/** How many members an image may have: configured, else learnt from a refusal, else unknown. Never a guess. */
export async function memberLimit(ctx: ProjectContext): Promise<MemberLimit> {
  const { config } = ctx.cloud
  if (config.memberLimit !== null) return config.memberLimit
  const learnt = await findFact(ctx.runtime.store.db, ctx.scope, 'member-limit')
  return typeof learnt === 'number' ? learnt : null
}
