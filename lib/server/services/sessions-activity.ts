import 'server-only'
import type { Runtime } from '../runtime'
import type { SessionRecord } from '../session/session-rows'

/** The record of a sign-in, a sign-out or an entered project. */
export function sessionActivity(
  record: SessionRecord,
  verb: string,
  requestId: string,
  now: number,
  { chance }: Pick<Runtime, 'chance'>,
) {
  return {
    at: new Date(now),
    act: chance.uuid(),
    phase: 'outcome' as const,
    verb,
    cloud: record.cloud,
    domainId: record.domainId,
    userId: record.userId,
    userName: record.userName,
    targets: { requestId, ...(record.readOnly ? { readOnly: true } : {}) },
    outcome: 'succeeded',
  }
}
