import type { Cloud } from '../cloud.ts'
import type { HoldView } from '../holds.ts'
import type { LedgerEntry } from '../ledger.ts'
import { type CallPattern, compilePattern } from '../match.ts'

const LONGEST_WAIT_MS = 30_000

/** The calls after `since` that fit the pattern in the query, oldest first. */
export function ledgerSince(cloud: Cloud, query: URLSearchParams): { last: number; calls: LedgerEntry[] } {
  const fits = compilePattern(patternOf(query))
  const calls = cloud.ledger.since(Number(query.get('since') ?? 0)).filter(fits)
  return { last: cloud.ledger.last, calls }
}

/** The same, as soon as there are `count` of them; with `answered=1` only those that were answered count. */
export async function waitForCalls(
  cloud: Cloud,
  query: URLSearchParams,
  gone: AbortSignal,
): Promise<{ last: number; calls: LedgerEntry[] }> {
  const count = Number(query.get('count') ?? 1)
  const now = () => {
    const found = ledgerSince(cloud, query)
    if (query.get('answered') !== '1') return found
    return { ...found, calls: found.calls.filter((call) => call.status !== null) }
  }
  await until(
    () => now().calls.length >= count,
    (listener) => cloud.ledger.watch(listener),
    gone,
    query,
  )
  return now()
}

/** A hold, as soon as `waiting` calls wait in it. */
export async function waitForHeld(
  cloud: Cloud,
  id: string,
  query: URLSearchParams,
  gone: AbortSignal,
): Promise<HoldView> {
  const wanted = Number(query.get('waiting') ?? 0)
  const reached = () => (cloud.holds.view(id)?.waiting.length ?? wanted) >= wanted
  await until(reached, (listener) => cloud.holds.watch(listener), gone, query)
  const view = cloud.holds.view(id)
  if (!view) throw new Error(`no hold ${id}`)
  return view
}

/** Resolves once the condition holds; rejects after `timeoutMs` of the query, or when the asking client left. */
function until(
  holds: () => boolean,
  watch: (listener: () => void) => () => void,
  gone: AbortSignal,
  query: URLSearchParams,
): Promise<void> {
  if (holds()) return Promise.resolve()
  const timeoutMs = Math.min(Number(query.get('timeoutMs') ?? 10_000), LONGEST_WAIT_MS)
  return new Promise((resolve, reject) => {
    const end = (error: Error | null) => {
      clearTimeout(timer)
      stop()
      if (error) reject(error)
      else resolve()
    }
    const timer = setTimeout(() => end(new Error(`not reached within ${timeoutMs} ms`)), timeoutMs)
    const stop = watch(() => {
      if (holds()) end(null)
    })
    gone.addEventListener('abort', () => end(new Error('the asking client left')), { once: true })
  })
}

function patternOf(query: URLSearchParams): CallPattern {
  const service = query.get('service')
  return {
    service: service === 'identity' || service === 'image' ? service : undefined,
    method: query.get('method') ?? undefined,
    path: query.get('path') ?? undefined,
    query: query.get('query') ?? undefined,
    projectId: query.get('projectId') ?? undefined,
    member: query.get('member') ?? undefined,
  }
}
