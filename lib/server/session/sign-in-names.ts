import 'server-only'
import { and, eq } from 'drizzle-orm'
import { preference } from '../store/schema'
import type { Database } from '../store/store'
import type { SessionRecord } from './session-rows'

const key = 'sign-in-names'

/** What a user of the Huawei family is called: its IAM takes names where Keystone takes an id. */
export interface SignInNames {
  user: string
  domain: string
  project: string | null
}

/** Keeps the names of somebody who signed in: the page that asks them to sign in again knows the user by id alone. */
export async function rememberNames(
  db: Database,
  { cloud, userId, userName, domainName }: SessionRecord,
  project: string | null,
): Promise<void> {
  const value: SignInNames = { user: userName, domain: domainName, project }
  await db
    .insert(preference)
    .values({ cloud, userId, key, value })
    .onConflictDoUpdate({ target: [preference.cloud, preference.userId, preference.key], set: { value } })
}

/** The names of somebody who has signed in here before. */
export async function knownNames(db: Database, cloud: string, userId: string): Promise<SignInNames | null> {
  const [row] = await db
    .select({ value: preference.value })
    .from(preference)
    .where(and(eq(preference.cloud, cloud), eq(preference.userId, userId), eq(preference.key, key)))
  return (row?.value as SignInNames | undefined) ?? null
}
