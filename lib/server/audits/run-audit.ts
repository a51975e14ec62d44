import 'server-only'
import type { ErrorCode } from '../../contracts/errors'
import type { Clock } from '../clock'
import type { CloudHttp } from '../cloud/cloud-http'
import type { Identity } from '../cloud/identity'
import { readImagePage } from '../cloud/images'
import type { Sharing } from '../cloud/sharing'
import type { FaultPoints } from '../jobs/fault-points'
import { LostLease } from '../jobs/job-rows'
import { createOutcomeWriter } from '../jobs/outcome-writer'
import { createRunControl, Interrupted, isPause } from '../jobs/run-control'
import { Stopping } from '../jobs/run-job'
import type { Store } from '../store/store'
import { type AuditRecord, finishAudit, pauseAudit, runRowOf } from './audit-rows'
import { findImages } from './find-images'
import { createHandover } from './handover'
import { type ReadImage, storeRead, type WaitingImage } from './image-rows'
import type { SourceAccess } from './list-plans'
import { politeHttp } from './polite-http'
import { createReader } from './read-members'
import { createResolver } from './resolve-projects'

export interface AuditRunParts {
  store: Store
  clock: Clock
  sharing: Sharing
  faults: FaultPoints
  /** The cloud of the audit. */
  http: CloudHttp
  identityThrough(http: CloudHttp): Identity
}

const readsAtOnce = 16
/** Images between the lists and the readers: enough that nobody waits, few enough that memory stays flat. */
const roomFor = 400
const chunk = 64
/** A statement costs more than what it stores; a person looks about twice a second. */
const gatherMs = 400

/**
 * Runs what is left of a claimed audit until it is complete, cancelled or paused: lists are read page by page while the
 * members of what they named are read side by side, and both are stored as they come.
 * @throws Stopping when `signal` aborts, LostLease when another worker took the audit.
 */
export async function runAudit(
  parts: AuditRunParts,
  audit: AuditRecord,
  sources: readonly Omit<SourceAccess, 'http' | 'signal'>[],
  signal: AbortSignal,
): Promise<void> {
  const { store, clock, faults } = parts
  const { db } = store
  const control = createRunControl({ clock, changed: () => {} }, runRowOf(store, audit), signal)
  const stop = () => control.end('stopping')
  signal.addEventListener('abort', stop, { once: true })
  if (signal.aborted) stop()

  let refused: ReadonlyMap<string, ErrorCode> = new Map()
  const broken: unknown[] = []
  /** Whatever breaks ends the others as well: none of them waits for who is gone. */
  const guard = async (work: () => Promise<unknown>) => {
    try {
      await work()
    } catch (error) {
      if (error instanceof Interrupted || error === control.over.reason) return
      broken.push(error)
      control.end('stopping')
    }
  }

  const polite = politeHttp(parts.http, clock, {
    callsPerSecond: audit.callsPerSecond,
    signal: control.over,
  })
  const spent = createMeter(clock, polite.calls)
  const accesses = sources.map((source) => ({ ...source, http: polite.http, signal: control.over }))
  const handover = createHandover<WaitingImage>(roomFor)
  control.over.addEventListener('abort', handover.drop)
  if (control.ending()) handover.drop()
  const resolver = createResolver({
    db,
    run: audit,
    control,
    identity: parts.identityThrough(polite.http),
    token: accesses[0]?.token ?? '',
  })
  const writer = createOutcomeWriter<ReadImage>(
    (images) =>
      guard(async () => {
        await storeRead(db, audit, images, spent())
        faults.pass('after-chunk')
        resolver.saw(images.flatMap(({ members }) => members.map(({ project }) => project)))
        await resolver.flush()
      }),
    clock,
    { chunk, gatherMs },
  )
  const reader = createReader({
    sharing: parts.sharing,
    control,
    accesses: new Map(accesses.map((access) => [access.projectId, access])),
    add(image) {
      faults.pass('after-members')
      writer.add(image)
    },
  })

  const find = async () => {
    const listing = { db, run: audit, control, faults, listed: audit.imagesListed }
    refused = await findImages(listing, audit, accesses, (images) => {
      resolver.saw(images.flatMap(({ owner }) => owner ?? []))
      return handover.give(images)
    })
  }
  const read = async () => {
    for (let image = await handover.take(); image; image = await handover.take()) {
      await writer.room()
      await reader.read(image)
    }
  }

  const watch = control.watch()
  await Promise.all([
    guard(() => resolver.begin()),
    guard(find).finally(handover.close),
    ...Array.from({ length: readsAtOnce }, () => guard(read)),
  ])
  const [first] = accesses
  if (control.ending() === null && first) {
    const list = { list: { of: 'own' }, hidden: false } as const
    await guard(() => reader.settle(() => control.persist(() => readImagePage(first, list), true)))
  }
  await guard(() => writer.flush())
  if (control.ending() === null) await guard(() => resolver.finish())
  const unwatched = await watch.stop()
  signal.removeEventListener('abort', stop)
  if (unwatched !== undefined) broken.push(unwatched)
  if (broken.length > 0) throw broken.find((error) => error instanceof LostLease) ?? broken[0]

  const ending = control.ending()
  if (ending === 'stopping') throw new Stopping()
  await storeRead(db, audit, [], spent())
  if (isPause(ending)) return pauseAudit(store, audit, ending)
  const [code] = refused.values()
  const isFailed = code !== undefined && refused.size === accesses.length
  if (ending === 'cancelled') await finishAudit(store, audit, { state: 'cancelled' }, clock.now())
  else if (isFailed) await finishAudit(store, audit, { state: 'failed', code }, clock.now())
  else await finishAudit(store, audit, { state: 'complete' }, clock.now())
}

/** Calls and time since it was last asked. */
function createMeter(clock: Clock, countCalls: () => number) {
  let at = clock.now()
  let calls = 0
  return () => {
    const now = clock.now()
    const spent = { calls: countCalls() - calls, activeMs: Math.max(0, Math.round(now - at)) }
    at = now
    calls += spent.calls
    return spent
  }
}
