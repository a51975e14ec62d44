import 'server-only'
import PQueue from 'p-queue'
import type { AuditProject } from '../../contracts/audits'
import { ProjectId } from '../../contracts/inputs/scope'
import { CloudError } from '../cloud/cloud-error'
import type { Identity } from '../cloud/identity'
import type { ProjectOfUser } from '../cloud/identity-answers'
import type { RunControl } from '../jobs/run-control'
import type { Database } from '../store/store'
import type { AuditRecord } from './audit-rows'
import { storable } from './from-cloud'
import { readUnresolved, storeProjects } from './project-rows'

/** Projects asked for one by one; the rest is not told. */
const singleReads = 2_000
const readsAtOnce = 8
const chunk = 500

interface ResolverParts {
  db: Database
  run: AuditRecord
  control: RunControl
  identity: Pick<Identity, 'projects' | 'allProjects' | 'project' | 'domains'>
  token: string
}

interface Told {
  projects: ReadonlyMap<string, ProjectOfUser>
  /** Null where the cloud does not tell them. */
  domains: ReadonlyMap<string, string> | null
  isEverything: boolean
}

/**
 * Finds out who the owners and recipients of an audit are. An administrator is told every project in one list; what is not
 * in it is asked for by itself, because the list of a domain's administrator is that domain alone. Others are told their
 * own projects.
 */
export function createResolver({ db, run, control, identity, token }: ResolverParts) {
  let asking: Promise<Told> | null = null
  let told: Told | null = null
  let singlesLeft = singleReads
  const seen = new Set<string>()
  let waiting: string[] = []

  const read = async (): Promise<Told> => {
    const domains = run.reach === 'cloud' ? await allowed(() => identity.domains(token)) : null
    const all = run.reach === 'cloud' ? await allowed(() => identity.allProjects(token)) : null
    const projects = all ?? (await allowed(() => identity.projects(token, run.userId))) ?? []
    if (all === null) singlesLeft = run.reach === 'cloud' ? singlesLeft : 0
    return {
      projects: new Map(projects.map((project) => [project.id, project])),
      domains,
      isEverything: all !== null && domains !== null,
    }
  }
  /** The answer, or null for a cloud that does not tell. @throws Interrupted, LostLease */
  const allowed = <Answer>(ask: () => Promise<Answer>): Promise<Answer | null> =>
    control.persist(ask, true).catch((error: unknown) => {
      if (error instanceof CloudError) return null
      throw error
    })

  const describe = async (id: string, { projects, domains, isEverything }: Told): Promise<AuditProject> => {
    const known = projects.get(id)
    if (known) return asAuditProject(known, domains)
    if (!ProjectId.safeParse(id).success) return nobody(id, 'odd')
    if (singlesLeft <= 0) return nobody(id, isEverything ? 'gone' : 'not_told')
    singlesLeft -= 1
    try {
      return asAuditProject(await control.persist(() => identity.project(token, id), true), domains)
    } catch (error) {
      if (!(error instanceof CloudError)) throw error
      if (error.status === 404) return nobody(id, 'gone')
      // With the new role defaults an administrator may list projects but not read one.
      if (error.status === 403) singlesLeft = 0
      return nobody(id, isEverything && error.status === 403 ? 'gone' : 'not_told')
    }
  }

  const store = async (ids: readonly string[], known: Told) => {
    const queue = new PQueue({ concurrency: readsAtOnce })
    for (let at = 0; at < ids.length; at += chunk) {
      const some = ids.slice(at, at + chunk)
      await storeProjects(db, run, await queue.addAll(some.map((id) => () => describe(id, known))))
    }
  }

  return {
    /** Asks for the lists, while images are being read. @throws Interrupted, LostLease */
    async begin(): Promise<void> {
      asking ??= read()
      told = await asking
    },
    /** Notes projects that turned up, for `flush`. */
    saw(ids: Iterable<string>) {
      for (const id of ids) {
        if (seen.has(id)) continue
        seen.add(id)
        waiting.push(id)
      }
    },
    /** Stores those that turned up and are in the lists, so that names are there early. */
    async flush(): Promise<void> {
      if (told === null || waiting.length === 0) return
      const { projects, domains } = told
      const ids = waiting
      waiting = []
      const known = ids.flatMap((id) => projects.get(id) ?? [])
      await storeProjects(
        db,
        run,
        known.map((project) => asAuditProject(project, domains)),
      )
    },
    /** Stores everybody else, those that an earlier run saw as well. @throws Interrupted, LostLease */
    async finish(): Promise<void> {
      asking ??= read()
      const known = await asking
      for (let after = ''; ; ) {
        const ids = await readUnresolved(db, run, { after, count: chunk })
        const last = ids.at(-1)
        if (last === undefined) return
        await store(ids, known)
        after = last
      }
    },
  }
}

const asAuditProject = (
  { id, name, domainId, enabled }: ProjectOfUser,
  domains: Told['domains'],
): AuditProject => ({
  id,
  name: storable(name),
  domainId: storable(domainId) || null,
  domainName: storable(domains?.get(domainId) ?? '') || null,
  standing: enabled ? 'enabled' : 'disabled',
})

const nobody = (id: string, standing: AuditProject['standing']): AuditProject => ({
  id,
  name: null,
  domainId: null,
  domainName: null,
  standing,
})
