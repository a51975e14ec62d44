import 'server-only'
import type { z } from 'zod'
import type { EnterProjectInput } from '../../contracts/inputs/sign-in'
import { CloudError } from '../cloud/cloud-error'
import type { SessionContext } from '../context'
import { Refusal } from '../refusal'
import { requireRegion } from '../session/project-region'
import { keepProjectToken, nameOf } from '../session/project-token'
import { addActivity } from '../store/activity-rows'
import { sessionActivity } from './sessions-activity'
import { type Arrival, isOurs, letGo } from './sessions-begin'
import { pasted, withPassword } from './sessions-sign-in'

/**
 * Enters one more project of a cloud that does not exchange tokens: the session's own user signs in for it, and the token
 * joins the session. Another user's sign-in is refused, and so is a token of another project.
 * @throws Refusal `not_found`, `wrong_credentials`, `wrong_project`, `sign_in_throttled`; CloudError `passcode_required`
 *   where the code has to come along, and as a sign-in
 */
export async function enterProject(
  ctx: SessionContext,
  input: z.output<typeof EnterProjectInput>,
): Promise<{ entered: true }> {
  const { runtime, cloud, session } = ctx
  if (input.cloud !== session.cloud) throw new Refusal('not_found')
  requireRegion(cloud.config, session.regions, nameOf(session, input.project), input.region)
  const arrival = await arriveIn(ctx, input)
  try {
    const { project, user } = arrival.token
    if (user.id !== session.userId) throw new Refusal('wrong_credentials')
    if (project?.id !== input.project) throw new Refusal('wrong_project')
    const token = { ...arrival.token, project }
    await keepProjectToken(runtime, cloud, session, input, token, !isOurs(arrival))
  } catch (error) {
    await letGo(arrival)
    throw error
  }
  const now = runtime.clock.now()
  await addActivity(runtime.store.db, sessionActivity(session, 'session.enter', ctx.requestId, now, runtime))
  return { entered: true }
}

async function arriveIn(
  { runtime, cloud, session }: SessionContext,
  input: z.output<typeof EnterProjectInput>,
): Promise<Arrival> {
  if (input.method === 'token') {
    return { cloud, token: await pasted(cloud, input.token), method: 'token', readOnly: session.readOnly }
  }
  const byName = cloud.config.naming === 'account'
  const come = await withPassword(runtime, cloud, {
    user: byName ? session.userName : session.userId,
    domain: byName ? session.domainName : '',
    password: input.password,
    passcode: input.passcode,
    project: input.project,
    readOnly: session.readOnly,
  })
  if (come.state === 'passcode') throw new CloudError('passcode_required')
  return come.arrival
}
