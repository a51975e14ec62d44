import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Cloud } from '../cloud.ts'
import type { FaultSpec } from '../faults.ts'
import type { Flavour } from '../flavours.ts'
import type { HoldSpec } from '../holds.ts'
import { hasBody, readBody } from '../http/read-body.ts'
import { RouteTable } from '../http/route-table.ts'
import type { JobPlan } from '../ims/job-list.ts'
import { resetTo } from '../seeds/seeds.ts'
import type { Settings } from '../settings.ts'
import { type BulkSpec, mintBulk } from './bulk.ts'
import { mint, type WorldSpec } from './mint.ts'
import { endTokens, type TokensToEnd } from './tokens.ts'
import { ledgerSince, waitForCalls, waitForHeld } from './waits.ts'
import { changeImage, changeMember, changeProject, imageState } from './world.ts'

type Input = {
  cloud: Cloud
  id: string
  other: string
  query: URLSearchParams
  sent: unknown
  gone: AbortSignal
}
type Act = (input: Input) => unknown

/** One route per thing a test may do; parts in braces stand for ids. */
const ROUTES = new RouteTable<Act>({
  'GET health': () => ({ ok: true }),
  'POST reset': ({ cloud, sent }) => {
    const { seed = 'empty', flavour } = sent as { seed?: string; flavour?: Flavour }
    resetTo(cloud, seed, flavour)
  },
  'GET addresses': ({ cloud }) => ({ ...cloud.addresses, regions: cloud.regions }),
  'PUT regions': ({ cloud, sent }) => {
    cloud.regions = sent as string[]
  },
  'GET ledger': ({ cloud, query }) => ledgerSince(cloud, query),
  'GET ledger/wait': ({ cloud, query, gone }) => waitForCalls(cloud, query, gone),
  'GET settings': ({ cloud }) => cloud.settings,
  'PATCH settings': ({ cloud, sent }) => Object.assign(cloud.settings, sent as Partial<Settings>),
  'POST clock/advance': ({ cloud, sent }) => {
    cloud.clock.advance((sent as { seconds: number }).seconds)
    return { now: cloud.clock.now() }
  },
  'GET clock': ({ cloud }) => ({ now: cloud.clock.now() }),
  'POST tokens/end': ({ cloud, sent }) => endTokens(cloud, sent as TokensToEnd),
  'GET holds': ({ cloud }) => cloud.holds.list(),
  'POST holds': ({ cloud, sent }) => ({ id: cloud.holds.add(sent as HoldSpec) }),
  'DELETE holds': ({ cloud }) => {
    for (const { id } of cloud.holds.list()) cloud.holds.remove(id)
  },
  'GET holds/{}': ({ cloud, id, query, gone }) => waitForHeld(cloud, id, query, gone),
  'POST holds/{}/release': ({ cloud, id, sent }) => ({
    released: cloud.holds.release(id, (sent as { count?: number }).count),
  }),
  'DELETE holds/{}': ({ cloud, id }) => cloud.holds.remove(id),
  'GET faults': ({ cloud }) => cloud.faults.list(),
  'POST faults': ({ cloud, sent }) => ({ id: cloud.faults.add(sent as FaultSpec) }),
  'DELETE faults': ({ cloud }) => cloud.faults.clear(),
  'DELETE faults/{}': ({ cloud, id }) => cloud.faults.remove(id),
  'POST mint': ({ cloud, sent }) => mint(cloud, sent as WorldSpec),
  'POST mint/bulk': ({ cloud, sent }) => mintBulk(cloud, sent as BulkSpec),
  'POST ims/jobs/plan': ({ cloud, sent }) => cloud.jobs.plan(sent as JobPlan),
  'POST ims/jobs/release': ({ cloud, sent }) => ({
    released: cloud.jobs.release(cloud, (sent as { id?: string }).id),
  }),
  'GET ims/jobs': ({ cloud }) => cloud.jobs.views(),
  'PATCH projects/{}': ({ cloud, id, sent }) => changeProject(cloud, id, sent),
  'DELETE projects/{}': ({ cloud, id }) => changeProject(cloud, id, null),
  'GET images/{}': ({ cloud, id }) => imageState(cloud, id),
  'PATCH images/{}': ({ cloud, id, sent }) => changeImage(cloud, id, sent),
  'DELETE images/{}': ({ cloud, id }) => changeImage(cloud, id, null),
  'PUT images/{}/members/{}': ({ cloud, id, other, sent }) => changeMember(cloud, id, other, sent),
  'DELETE images/{}/members/{}': ({ cloud, id, other }) => changeMember(cloud, id, other, null),
})

/** Answers one call to the control port: JSON in, JSON out; 400 with `{error}` for what cannot be done. */
export async function handleControl(
  cloud: Cloud,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://control')
  const found = ROUTES.find(url.pathname.split('/').slice(1).map(decodeURIComponent))
  const act = found?.methods.get(request.method ?? '')
  const [id = '', other = ''] = found?.ids ?? []
  const gone = new AbortController()
  response.once('close', () => gone.abort())
  try {
    if (!act) throw new Error(`no control call ${request.method} ${url.pathname}`)
    const text = hasBody(request) ? (await readBody(request)).toString() : ''
    const sent: unknown = text === '' ? {} : JSON.parse(text)
    cloud.jobs.settle(cloud)
    const result = await act({ cloud, id, other, query: url.searchParams, sent, gone: gone.signal })
    respond(response, 200, result ?? {})
  } catch (error) {
    respond(response, 400, { error: error instanceof Error ? error.message : String(error) })
  }
}

function respond(response: ServerResponse, status: number, body: unknown): void {
  if (response.destroyed) return
  response.writeHead(status, { 'Content-Type': 'application/json' })
  response.end(JSON.stringify(body))
}
