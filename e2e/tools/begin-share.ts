import { randomUUID } from 'node:crypto'
import type { JobView } from '../../lib/contracts/jobs.ts'
import { paths } from '../../lib/paths.ts'
import { newId } from '../mock-cloud/ids.ts'
import { callAction, signIn, valueIn } from './action-client.ts'
import type { Stack } from './stack.ts'
import { type Person, type Project, scopeOf } from './world.ts'

/** Begins to share images, past the screens, with so many new projects or with these. The address of the job. */
export async function beginShare(
  { dashboard }: Stack,
  { owner, olga }: { owner: Project; olga: Person },
  images: readonly string[],
  recipients: number | readonly string[],
): Promise<string> {
  const projects = typeof recipients === 'number' ? Array.from({ length: recipients }, newId) : recipients
  const cookie = await signIn(dashboard, olga)
  const input = { ...scopeOf(owner), kind: 'share', images, projects, idempotencyKey: randomUUID() }
  const job = valueIn<JobView>(await callAction(dashboard, 'startJob', input, { cookie }))
  return paths.job(job.id)
}
