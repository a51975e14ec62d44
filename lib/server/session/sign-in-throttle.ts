import 'server-only'
import { createHash } from 'node:crypto'
import { eq, lt, sql } from 'drizzle-orm'
import type { ErrorCode } from '../../contracts/errors'
import { CloudError } from '../cloud/cloud-error'
import { Refusal } from '../refusal'
import type { Runtime } from '../runtime'
import { signInFailure } from '../store/schema'
import type { Store } from '../store/store'

const burstMs = 5 * 60_000
const firstDelayMs = 60_000
const longestDelayMs = 15 * 60_000
/** Long enough for the longest delay to follow upon the one before it. */
const rememberMs = 60 * 60_000
const atOnce = 20

/** What a cloud may have counted against the account. A sign-in whose answer got lost may be one of them. */
const counted: ReadonlySet<ErrorCode> = new Set([
  'wrong_credentials',
  'wrong_passcode',
  'account_locked',
  'timeout',
])

/**
 * Whose attempts are counted together. `service` is the identity service's address, because several clouds may share one.
 * Letter case, accents, widths, blanks and letters that are not seen tell no two users apart here: databases of clouds find
 * the same account for all of them (MySQL manual, "Unicode Character Sets").
 */
export const attemptsOf = (service: string, domain: string, user: string) =>
  createHash('sha256')
    .update(JSON.stringify([service, bareOf(domain), bareOf(user)]))
    .digest('hex')

const bareOf = (name: string) =>
  name
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[\u0300-\u036f\p{C}\p{Default_Ignorable_Code_Point}\s]/gu, '')

/**
 * How long the next attempt has to wait, in milliseconds: once `threshold` were refused within five minutes, a minute, and
 * twice as long after every further one. Times in order, oldest first.
 */
export function delayMs(failures: readonly number[], threshold: number, now: number): number {
  const burst = failures.findIndex((at, n) => {
    const last = failures[n + threshold - 1]
    return last !== undefined && last - at <= burstMs
  })
  const newest = failures.at(-1)
  if (burst < 0 || newest === undefined) return 0
  const further = failures.length - burst - threshold
  return Math.max(0, newest + Math.min(firstDelayMs * 2 ** further, longestDelayMs) - now)
}

/**
 * Runs one sign-in, unless too many of this user were refused lately, so that our form locks nobody's account. The attempt
 * is written down before the cloud is asked: of many at the same time, on any replica, no more get through than may fail.
 * @throws Refusal `sign_in_throttled` with the seconds to wait; whatever `attempt` throws
 */
export async function throttled<Answer extends { state: 'issued' | 'passcode' }>(
  runtime: Pick<Runtime, 'store' | 'clock' | 'env'>,
  who: string,
  attempt: () => Promise<Answer>,
): Promise<Answer> {
  const { db } = runtime.store
  const id = await claim(runtime, who)
  const forget = () => db.delete(signInFailure).where(eq(signInFailure.id, id))
  try {
    const answer = await inTurn(runtime.store, attempt)
    // The password alone clears nothing: whoever knows it could try passcodes for ever.
    if (answer.state === 'issued') await db.delete(signInFailure).where(eq(signInFailure.who, who))
    else await forget()
    return answer
  } catch (error) {
    if (!(error instanceof CloudError && counted.has(error.code))) await forget()
    throw error
  }
}

async function claim(
  { store, clock, env }: Pick<Runtime, 'store' | 'clock' | 'env'>,
  who: string,
): Promise<number> {
  return store.db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${who}, 0))`)
    const rows = await tx
      .select({ at: signInFailure.at })
      .from(signInFailure)
      .where(eq(signInFailure.who, who))
      .orderBy(signInFailure.at)
    const now = clock.now()
    const recent = rows.map(({ at }) => at.getTime()).filter((at) => at > now - rememberMs)
    const wait = delayMs(recent, env.signInFailures, now)
    if (wait > 0) throw new Refusal('sign_in_throttled', { values: { seconds: Math.ceil(wait / 1_000) } })
    const [row] = await tx
      .insert(signInFailure)
      .values({ who, at: new Date(now) })
      .returning({ id: signInFailure.id })
    if (!row) throw new Error('an attempt to sign in was not stored')
    return row.id
  })
}

/** Forgets what is too old to count. */
export async function forgetOldFailures(store: Store, now: number): Promise<void> {
  await store.db.delete(signInFailure).where(lt(signInFailure.at, new Date(now - rememberMs)))
}

interface Queue {
  running: number
  waiting: (() => void)[]
}

const queues = new WeakMap<Store, Queue>()

/** Checking a password is dear for the cloud, so only some are asked for at a time; the others wait for their turn. */
async function inTurn<Output>(store: Store, run: () => Promise<Output>): Promise<Output> {
  const queue = queues.get(store) ?? { running: 0, waiting: [] }
  queues.set(store, queue)
  if (queue.running >= atOnce) await new Promise<void>((go) => queue.waiting.push(go))
  else queue.running += 1
  try {
    return await run()
  } finally {
    const next = queue.waiting.shift()
    if (next) next()
    else queue.running -= 1
  }
}
