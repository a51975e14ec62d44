import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import type { Cloud } from '../cloud.ts'
import type { FaultKind } from '../faults.ts'
import type { Call, Reply } from './call.ts'
import { mangle } from './mangle.ts'
import { receive, type Service } from './receive.ts'
import { send, sendBadly } from './send.ts'

/** One request from its first byte to its last: read, ledger, holds, faults, decision, holds, answer. */
export async function serve(
  cloud: Cloud,
  service: Service,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const call = await receive(cloud, service, request)
  if (!call) {
    const nothing = {
      status: 404,
      headers: { 'Content-Type': 'text/plain' },
      body: 'no service at this path\n',
    }
    return send(response, nothing, cloud.clock.httpDate())
  }
  const { entry } = call
  cloud.ledger.announce()
  const onGone = (leave: () => void) => {
    if (response.destroyed) leave()
    else response.once('close', leave)
  }
  if (!cloud.holds.empty && !(await cloud.holds.pass(entry, 'request', onGone))) return drop(response)
  const fault = cloud.faults.empty ? null : cloud.faults.take(entry)
  const reply = fault && !leavesEffect(fault) ? null : service.handle(cloud, call)
  entry.changed ||= reply?.changed === true
  if (!cloud.holds.empty && !(await cloud.holds.pass(entry, 'answer', onGone))) return drop(response)
  if (cloud.settings.latencyMs > 0) await pause(cloud.settings.latencyMs)
  if (fault) await answerBadly(cloud, call, response, reply, fault)
  else if (reply) {
    entry.status = reply.status
    send(response, reply, cloud.clock.httpDate())
  }
  cloud.ledger.announce()
}

function leavesEffect(fault: FaultKind): boolean {
  return fault.kind === 'answer' || fault.kind === 'reset' || fault.kind === 'hang'
    ? fault.effect === true
    : true
}

async function answerBadly(
  cloud: Cloud,
  call: Call,
  response: ServerResponse,
  reply: Reply | null,
  fault: FaultKind,
): Promise<void> {
  const date = cloud.clock.httpDate()
  if (fault.kind === 'hang') return
  if (fault.kind === 'reset') {
    response.socket?.resetAndDestroy()
    return
  }
  if (fault.kind === 'answer') {
    call.entry.status = fault.status
    const body = fault.body ?? ''
    const type = body.startsWith('<') ? 'text/html; charset=UTF-8' : 'application/json'
    return send(
      response,
      { status: fault.status, headers: { 'Content-Type': type, ...fault.headers }, body },
      date,
    )
  }
  if (!reply) return
  call.entry.status = reply.status
  if (fault.kind === 'mangle' || fault.kind === 'next-link') {
    const self = call.query === '' ? call.path : `${call.path}?${call.query}`
    return send(response, mangle(reply, fault, self), date)
  }
  await sendBadly(response, reply, date, fault)
}

function drop(response: ServerResponse): void {
  response.socket?.destroy()
}
