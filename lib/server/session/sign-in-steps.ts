import 'server-only'
import { and, eq, gt, lte } from 'drizzle-orm'
import type { Runtime } from '../runtime'
import { signInStep } from '../store/schema'
import type { Store } from '../store/store'

const stepMs = 5 * 60_000

/** What the second half of a sign-in needs of the first. The password is not in it. */
export interface SignInStep {
  receipt: string
  userId: string
  domain: string
  project?: string
  readOnly: boolean
  /** For the throttle: whose attempts these are. */
  who: string
}

/** Keeps the first half of a sign-in, sealed, until the receipt ends. Answers the name of the step. */
export async function keepStep(
  { store, secrets, chance, clock }: Runtime,
  cloud: string,
  step: SignInStep,
  receiptEndsAt: Date,
): Promise<string> {
  const id = chance.uuid()
  const expiresAt = new Date(Math.min(receiptEndsAt.getTime(), clock.now() + stepMs))
  await store.db
    .insert(signInStep)
    .values({ id, cloud, sealed: secrets.seal(JSON.stringify(step), id), expiresAt })
  return id
}

/** The first half that a step stands for; null when its time is over or there was none. */
export async function findStep(
  { store, secrets, clock }: Runtime,
  id: string,
): Promise<(SignInStep & { cloud: string }) | null> {
  const [row] = await store.db
    .select()
    .from(signInStep)
    .where(and(eq(signInStep.id, id), gt(signInStep.expiresAt, new Date(clock.now()))))
  if (!row) return null
  return { ...(JSON.parse(secrets.open(row.sealed, row.id)) as SignInStep), cloud: row.cloud }
}

/** Forgets a step that has done its work. */
export async function dropStep(store: Store, id: string): Promise<void> {
  await store.db.delete(signInStep).where(eq(signInStep.id, id))
}

/** Forgets the steps nobody finished in time. */
export async function dropOldSteps(store: Store, now: number): Promise<void> {
  await store.db.delete(signInStep).where(lte(signInStep.expiresAt, new Date(now)))
}
