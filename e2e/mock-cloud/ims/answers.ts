import type { Call, Reply } from '../http/call.ts'

/** What IMS says with a code; the clouds' own tables of error codes are longer. */
const MESSAGES: Readonly<Record<string, string>> = {
  'IMG.0001': 'The request format is invalid.',
  'IMG.0007': 'The request body is empty.',
  'IMG.0023': 'Failed to query the job.',
  'IMG.0026': 'Your role is insufficient for this operation.',
  'IMG.0027': 'The image does not exist.',
  'IMG.0030': 'The project ID does not match the token.',
  'IMG.0046': 'The image is not available.',
  'IMG.0047': 'Only the owner of the image can do this.',
  'IMG.0067': 'The project ID is wrong.',
  'IMG.0076': 'An image cannot be shared with its owner.',
  'IMG.0088': 'The quota of members of the image is reached.',
  'IMG.0089': 'A public image cannot be shared.',
  'IMG.0098': 'An encrypted image cannot be shared.',
  'IMG.0104': 'A project name is needed.',
  'IMG.0105': 'The operation is not supported for this image.',
  'IMG.0108': 'The tenant does not exist in this region.',
  'IMG.0135': 'A full-ECS image that was not made from a CBR backup cannot be shared.',
  'IMG.0184': 'The vault cannot be read.',
}

/** A good answer of IMS. */
export function imsOk(call: Call, body: unknown): Reply {
  return { status: 200, headers: headersOf(call), body: JSON.stringify(body) }
}

/** A refusal of IMS itself. Nearly all of them are 400, whatever the code says. */
export function imsRefuse(call: Call, code: string, status = 400): Reply {
  const error = { code, message: MESSAGES[code] ?? 'The request failed.' }
  return { status, headers: headersOf(call), body: JSON.stringify({ error }) }
}

/** A refusal of the gateway before IMS. */
export function gatewayRefuse(call: Call, status: number, code: string, sentence: string): Reply {
  const body = { error_code: code, error_msg: sentence, request_id: call.requestId }
  return { status, headers: headersOf(call), body: JSON.stringify(body) }
}

/** No such path or method at this gateway. */
export function noSuchApi(call: Call): Reply {
  return gatewayRefuse(
    call,
    404,
    'APIGW.0101',
    'The API does not exist or has not been published in the environment',
  )
}

function headersOf(call: Call): Record<string, string> {
  return { 'Content-Type': 'application/json;charset=utf-8', 'X-Request-Id': call.requestId }
}
