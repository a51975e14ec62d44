import 'server-only'
import type { z } from 'zod'
import type { RenewInput, SignInInput } from '../../contracts/inputs/sign-in'
import type { SignInProgress } from '../../contracts/session'
import { safeNext } from '../../util/safe-next'
import { CloudError } from '../cloud/cloud-error'
import { looksLikeId } from '../cloud/identity'
import type { OpenContext } from '../gate'
import { Refusal } from '../refusal'
import type { CloudClient, Runtime } from '../runtime'
import { findSessionByHash, hashOf } from '../session/session-rows'
import { knownNames } from '../session/sign-in-names'
import { dropStep, findStep, keepStep } from '../session/sign-in-steps'
import { attemptsOf, throttled } from '../session/sign-in-throttle'
import { type Arrival, begin, letGo } from './sessions-begin'

/** How far a sign-in has come. */
type Come = { state: 'issued'; arrival: Arrival } | { state: 'passcode'; step: string }

/** Names as the cloud knows them, or an id with an empty domain. */
export interface PasswordOf {
  user: string
  domain: string
  password: string
  passcode?: string
  project?: string
  readOnly?: boolean
}

/**
 * Signs in by one of the methods: one call to the cloud, nothing repeated. Answers the address to go to, or that a one-time
 * code is wanted.
 * @throws Refusal `sign_in_throttled`, `unauthenticated` for a step whose time is over; CloudError as `Identity` says
 */
export async function signIn(ctx: OpenContext, input: z.output<typeof SignInInput>): Promise<SignInProgress> {
  const come = await arrive(ctx.runtime, input)
  if (come.state === 'passcode') return come
  await begin(ctx, come.arrival)
  return { state: 'signed_in', next: safeNext(input.next, ctx.runtime.env.publicOrigin) }
}

/**
 * Signs the user of an open page in again. Another user is refused: the page shows what only the first may see. A session
 * that changes nothing stays one, whether the page or the row that is still there says so.
 */
export async function renew(ctx: OpenContext, input: z.output<typeof RenewInput>): Promise<SignInProgress> {
  const { userId } = input
  const come = await arrive(
    ctx.runtime,
    input.method === 'password' ? await byNames(ctx.runtime, input) : input,
  )
  if (come.state === 'passcode') return come
  if (come.arrival.token.user.id !== userId) {
    await letGo(come.arrival)
    throw new Refusal('wrong_credentials')
  }
  const before = ctx.sid === null ? null : await findSessionByHash(ctx.runtime.store, hashOf(ctx.sid))
  await begin(ctx, { ...come.arrival, readOnly: come.arrival.readOnly || before?.readOnly === true })
  return { state: 'signed_in', next: '/' }
}

/** The same sign-in, with the user as the cloud wants it named. @throws Refusal `wrong_credentials` for names not known */
async function byNames<Input extends { cloud: string; userId: string; project?: string }>(
  runtime: Runtime,
  input: Input,
): Promise<Input & { user: string; domain: string }> {
  const { userId } = input
  const { config } = cloudNamed(runtime, input.cloud)
  if (config.naming === 'keystone') return { ...input, user: userId, domain: '' }
  const names = await knownNames(runtime.store.db, config.name, userId)
  if (!names) throw new Refusal('wrong_credentials')
  const { user, domain, project } = names
  return { ...input, user, domain, project: input.project ?? project ?? undefined }
}

type Given =
  | ({ method: 'password'; cloud: string } & PasswordOf)
  | { method: 'application_credential'; cloud: string; id: string; secret: string; readOnly?: boolean }
  | { method: 'token'; cloud: string; token: string; readOnly?: boolean }
  | { method: 'passcode'; step: string; passcode: string }

async function arrive(runtime: Runtime, given: Given): Promise<Come> {
  switch (given.method) {
    case 'password':
      return withPassword(runtime, cloudNamed(runtime, given.cloud), given)
    case 'passcode':
      return withPasscode(runtime, given)
    case 'application_credential': {
      const { id, secret, readOnly = false } = given
      const cloud = cloudNamed(runtime, given.cloud)
      return throttled(runtime, attemptsOf(cloud.config.authUrl, given.method, id), async () => {
        const token = await cloud.identity.useApplicationCredential({ id, secret })
        return { state: 'issued', arrival: { cloud, token, method: given.method, readOnly } }
      })
    }
    case 'token': {
      const cloud = cloudNamed(runtime, given.cloud)
      const token = await pasted(cloud, given.token)
      return {
        state: 'issued',
        arrival: { cloud, token, method: given.method, readOnly: given.readOnly ?? false },
      }
    }
  }
}

/** What a pasted token is. It reaches no other service before the identity service has said so. */
export async function pasted(cloud: CloudClient, text: string) {
  return cloud.identity.describe(text).catch((error: unknown) => {
    const isRefused = error instanceof CloudError && error.code === 'unauthenticated'
    throw isRefused ? new CloudError('wrong_credentials', error) : error
  })
}

/**
 * A password, and perhaps the one-time code with it. On clouds whose tokens always belong to a project, that is the one
 * named, else the first region's.
 */
export async function withPassword(runtime: Runtime, cloud: CloudClient, given: PasswordOf): Promise<Come> {
  const { config, identity } = cloud
  const { user, domain, password, passcode, readOnly = false } = given
  const project = given.project ?? (config.naming === 'account' ? config.regions[0] : undefined)
  if (project === undefined && config.naming === 'account') {
    throw new Refusal('invalid_input', { fields: { project: 'invalid' } })
  }
  // A domain beside an id is ignored by the cloud, so it must not make other attempts of them.
  const who = attemptsOf(config.authUrl, looksLikeId(user) ? '' : domain, user)
  return throttled(runtime, who, async () => {
    const answer = await identity.signIn({ user, domain, password, passcode, project })
    if (answer.state === 'issued') {
      const arrival: Arrival = { cloud, token: answer.token, method: 'password', wanted: project, readOnly }
      return { state: 'issued', arrival }
    }
    const { text: receipt, userId, expiresAt } = answer.receipt
    const step = { receipt, userId, domain, project, readOnly, who }
    return { state: 'passcode', step: await keepStep(runtime, config.name, step, expiresAt) }
  })
}

async function withPasscode(runtime: Runtime, given: { step: string; passcode: string }): Promise<Come> {
  const step = await findStep(runtime, given.step)
  const cloud = step && runtime.clouds.get(step.cloud)
  if (!step || !cloud) throw new Refusal('unauthenticated')
  const { receipt, userId, domain, project, readOnly, who } = step
  return throttled(runtime, who, async () => {
    const token = await cloud.identity.enterPasscode({
      receipt,
      userId,
      domain,
      project,
      passcode: given.passcode,
    })
    await dropStep(runtime.store, given.step)
    return { state: 'issued', arrival: { cloud, token, method: 'password', wanted: project, readOnly } }
  })
}

function cloudNamed({ clouds }: Runtime, name: string): CloudClient {
  const cloud = clouds.get(name)
  if (!cloud) throw new Refusal('invalid_input', { fields: { cloud: 'invalid' } })
  return cloud
}
