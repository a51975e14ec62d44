import { randomUUID } from 'node:crypto'
import type { AuditList, AuditSummary, FindingKind } from '../../lib/contracts/audits.ts'
import { isAuditOver } from '../../lib/contracts/audits.ts'
import { api } from '../../lib/paths.ts'
import { newId } from '../mock-cloud/ids.ts'
import { callAction, signIn, valueIn } from './action-client.ts'
import { ask } from './raw-http.ts'
import type { Stack } from './stack.ts'
import { type Person, type Project, scopeOf, type World } from './world.ts'

const DAY = 86_400_000

/** Who audits the whole of a cloud of one's own, and the teams whose images are there to be found. */
export async function auditors(world: World) {
  const [office, publisher, rival, team, closed] = (await world.projects(
    'office',
    'publisher',
    'rival',
    'team',
    'closed',
  )) as [Project, Project, Project, Project, Project]
  const ada = await world.user('ada', [office], 'admin')
  const olga = await world.user('olga', [publisher])
  return { office, publisher, rival, team, closed, ada, olga }
}

export type Auditors = Awaited<ReturnType<typeof auditors>>

/** Members an image of `plantFindings` may have. */
export const plantedLimit = 10

/** The findings that a first audit of the planted world shows, and how many rows each of them has. */
export const planted: Partial<Record<FindingKind, number>> = {
  recipient_gone: 1,
  recipient_disabled: 1,
  recipient_odd: 1,
  pending_long: 1,
  rejected: 1,
  limit_reached: 1,
  limit_near: 1,
  image_deactivated: 1,
  image_not_active: 1,
  image_hidden: 1,
  image_old: 1,
  same_name: 2,
  image_public: 1,
  image_community: 1,
  duplicate_members: 1,
}

/** What stands behind `planted`: one image for each finding, named after it, and neighbours that just miss it. */
export async function plantFindings(stack: Stack, world: World, people: Auditors) {
  const { cloud } = stack
  const { publisher, rival, team, closed } = people
  const now = await cloud.now()
  const at = (days: number) => now - days * DAY
  const made: Record<string, string> = {}
  const image = async (name: string, spec: Parameters<World['image']>[2] = {}, owner = publisher) => {
    const id = await world.image(owner, name, { created_at: at(20), ...spec })
    made[name] = id
    return id
  }
  const share = (id: string, project: string, status: 'pending' | 'accepted' | 'rejected', days = 2) =>
    cloud.mintMembers([{ image: id, project, status, createdAt: at(days), updatedAt: at(days) }])

  await share(await image('recipient_gone'), newId(), 'accepted')
  await share(await image('recipient_disabled'), closed.id, 'accepted')
  await cloud.changeProject(closed.id, { enabled: false })
  await share(await image('recipient_odd'), 'Odd Team', 'pending')
  await share(await image('pending_long'), team.id, 'pending', 31)
  await share(await image('pending a day less'), team.id, 'pending', 29)
  await share(await image('rejected'), team.id, 'rejected')
  await share(await image('image_deactivated', { status: 'deactivated' }), team.id, 'accepted')
  await share(await image('image_not_active', { status: 'queued' }), team.id, 'accepted')
  await share(await image('image_hidden', { os_hidden: true }), team.id, 'accepted')
  await image('hidden, not shared', { os_hidden: true })
  await share(await image('image_old', { created_at: at(366) }), team.id, 'accepted')
  await share(await image('a day younger', { created_at: at(364) }), team.id, 'accepted')
  await share(await image('same_name'), team.id, 'accepted')
  await share(await image('Same_Name', {}, rival), team.id, 'accepted')
  await image('image_public', { visibility: 'public' })
  await image('image_community', { visibility: 'community' })
  await image('image private', { visibility: 'private' })
  const twice = await image('duplicate_members')
  await share(twice, team.id, 'accepted')
  await cloud.mintMembers([{ image: twice, project: team.id, isTwin: true }])

  const many = await Promise.all(Array.from({ length: plantedLimit }, (_, n) => world.project(`many-${n}`)))
  const fill = async (name: string, count: number) => {
    const id = await image(name)
    for (const project of many.slice(0, count)) await share(id, project.id, 'accepted')
  }
  await fill('limit_reached', plantedLimit)
  await fill('limit_near', plantedLimit - 1)
  await fill('one member less', plantedLimit - 2)
  await cloud.set({ memberQuota: plantedLimit })
  return made
}

/** Reads an audit to its end, past the screens. @throws unless it completes */
export async function readAudit(stack: Stack, person: Person, project: Project): Promise<AuditSummary> {
  const cookie = await signIn(stack.dashboard, person)
  const input = { ...scopeOf(project), idempotencyKey: randomUUID() }
  const started = valueIn<AuditSummary>(await callAction(stack.dashboard, 'startAudit', input, { cookie }))
  for (;;) {
    const { text } = await ask(stack.dashboard, api.audits(scopeOf(project)), { headers: { cookie } })
    const audit = (JSON.parse(text) as AuditList).audits.find(({ id }) => id === started.id)
    if (audit?.state === 'complete') return audit
    if (!audit || isAuditOver(audit) || audit.state === 'paused') throw new Error(`The audit ended: ${text}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
