import type { Call, Reply } from '../http/call.ts'
import { refuse } from './answers.ts'

/** A body read as Glance's deserializer does: the value, or the 400 it answers. */
export function readJson(call: Call): { value: unknown } | Reply {
  if (!call.body) return refuse(call, 400, 'Body expected in request.')
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(call.body))
  } catch {
    return refuse(call, 400, 'Malformed JSON in request body.')
  }
  if (typeof value !== 'object' || value === null) {
    return refuse(call, 400, 'Unexpected body type. Expected list/dict.')
  }
  return { value }
}

/** Refuses a body where none belongs. */
export function noBody(call: Call): Reply | null {
  return call.body ? refuse(call, 400, 'A body is not expected with this request.') : null
}
