import 'server-only'
import type { z } from 'zod'
import type {
  ActivityChange,
  ActivityEntry,
  ActivityFacts,
  ActivityFormat,
  ActivityTargets,
} from '../../contracts/activity'
import type { ActivityExportInput } from '../../contracts/inputs/activity'
import type { JobTarget } from '../../contracts/jobs'
import { csvLine } from '../../util/csv'
import type { SessionContext } from '../context'
import type { Download } from '../gate'
import { type Place, readActs, viewerOf } from './activity-reads'
import { exportFileName, exportStream } from './export-file'
import { sessionActivity } from './sessions-activity'

/** With all their images and projects; so many of the largest acts are some megabytes. */
const perRead = 50

/**
 * The log as a file, newest first, with every image and project: read in parts while the browser takes it, so that a
 * long log needs no more memory than a short one. Acts that begin meanwhile are not in it. The export itself is noted
 * before the first byte, and again at its end with how many acts left the house.
 */
export async function exportActivity(
  ctx: SessionContext,
  { format, ...filter }: z.output<typeof ActivityExportInput>,
): Promise<Download> {
  const { runtime, session } = ctx
  const { db } = runtime.store
  const begun = runtime.clock.now()
  const viewer = await viewerOf(ctx)
  // What is noted from here on lies before this place.
  const [newest] = await readActs(db, {
    viewer,
    filter,
    after: null,
    limit: 1,
    listed: 1,
    now: begun,
  })
  const noted = sessionActivity(session, 'activity.export', ctx.requestId, begun, runtime)
  const { outcome: _notYet, ...note } = noted
  const row = { ...note, targets: { ...note.targets, format, filter } }

  async function* parts(count: (rows: number) => void): AsyncGenerator<string> {
    const { head, line, tail } = writers[format]
    let after: Place | null = newest ? { at: newest.at, id: newest.id + 1 } : null
    let isFirst = true
    yield head
    while (after) {
      const acts = await readActs(db, {
        viewer,
        filter,
        after,
        limit: perRead,
        listed: null,
        now: runtime.clock.now(),
      })
      const lines = acts.map(({ entry }, at) => line(entry, isFirst && at === 0))
      isFirst &&= acts.length === 0
      count(acts.length)
      if (lines.length > 0) yield lines.join('')
      after = acts.length < perRead ? null : (acts.at(-1) ?? null)
    }
    yield tail
  }
  return {
    fileName: fileName(ctx, Object.keys(filter).length > 0, format),
    contentType: writers[format].contentType,
    body: await exportStream(runtime, row, parts, ctx.signal),
  }
}

/** Which cloud, whose acts, when. */
function fileName({ session, runtime }: SessionContext, isFiltered: boolean, format: ActivityFormat): string {
  const [only, ...others] = session.projects
  const whose = only && others.length === 0 ? only.name : 'all-projects'
  const parts = ['activity', session.cloud, whose, ...(isFiltered ? ['filtered'] : [])]
  return exportFileName(parts, new Date(runtime.clock.now()), format)
}

const idsOf = ({ listed }: ActivityTargets) => listed.map(({ id }) => id).join(' ')
const namesOf = ({ listed }: ActivityTargets) => listed.map(({ name }: JobTarget) => name ?? '').join('; ')

/** One change by its value; of several each by name. */
const stated = (changes: readonly ActivityChange[], when: 'before' | 'after') =>
  changes
    .map((change) => (changes.length > 1 ? `${change.of}=${change[when] ?? ''}` : change[when]))
    .join('; ')

const factsIn = (facts: ActivityFacts) =>
  Object.entries(facts)
    .map(([name, value]) => `${name}=${typeof value === 'object' ? JSON.stringify(value) : value}`)
    .join('; ')

/** The columns of the table, each with what it holds. Times are UTC; a list of ids is parted by blanks, of names by "; ". */
const columns: readonly [name: string, value: (entry: ActivityEntry) => string | number | null][] = [
  ['time_utc', ({ at }) => at],
  ['ended_utc', ({ endedAt }) => endedAt],
  ['act', ({ verb }) => verb],
  ['outcome', ({ outcome }) => outcome],
  ['code', ({ code }) => code],
  ['user_name', ({ actor }) => actor.name],
  ['user_id', ({ actor }) => actor.id],
  ['cloud', ({ scope }) => scope.cloud],
  ['region', ({ scope }) => scope.region],
  ['project_name', ({ scope }) => scope.projectName],
  ['project_id', ({ scope }) => scope.project],
  ['images', ({ images }) => images.count],
  ['image_names', ({ images }) => namesOf(images)],
  ['image_ids', ({ images }) => idsOf(images)],
  ['projects', ({ projects }) => projects.count],
  ['target_project_names', ({ projects }) => namesOf(projects)],
  ['target_project_ids', ({ projects }) => idsOf(projects)],
  ['pairs', ({ pairs }) => pairs],
  ['done', ({ counts }) => counts?.done ?? null],
  ['already', ({ counts }) => counts?.already ?? null],
  ['failed', ({ counts }) => counts?.failed ?? null],
  ['not_sent', ({ counts }) => counts?.skipped ?? null],
  ['before', ({ changes }) => stated(changes, 'before')],
  ['after', ({ changes }) => stated(changes, 'after')],
  ['request_id', ({ requestId }) => requestId],
  ['cloud_request_id', ({ upstreamRequestId }) => upstreamRequestId],
  ['job_id', ({ jobId }) => jobId],
  ['audit_id', ({ auditId }) => auditId],
  ['more', ({ facts }) => factsIn(facts)],
  ['act_id', ({ id }) => id],
]

interface Writer {
  contentType: string
  head: string
  line: (entry: ActivityEntry, isFirst: boolean) => string
  tail: string
}

const writers: Record<ActivityFormat, Writer> = {
  csv: {
    contentType: 'text/csv; charset=utf-8',
    head: csvLine(columns.map(([name]) => name)),
    line: (entry) => csvLine(columns.map(([, value]) => value(entry))),
    tail: '',
  },
  json: {
    contentType: 'application/json',
    head: '[',
    line: ({ mine: _viewer, openState: _now, ...entry }, isFirst) =>
      `${isFirst ? '\n' : ',\n'}${JSON.stringify(entry)}`,
    tail: '\n]\n',
  },
}
