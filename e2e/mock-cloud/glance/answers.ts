import type { Cloud } from '../cloud.ts'
import { type Call, header, type Reply } from '../http/call.ts'
import { asciiOnly, pyJson } from '../http/py-json.ts'

const TITLES: Record<number, string> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  413: 'Request Entity Too Large',
  415: 'Unsupported Media Type',
  500: 'Internal Server Error',
}

/** A good answer with a JSON body. */
export function ok(call: Call, text: string, status = 200): Reply {
  const headers = { 'Content-Type': 'application/json', 'X-Openstack-Request-Id': call.requestId }
  return { status, headers, body: text }
}

/** 204: nothing but headers. Most, but not all, of these answers name a type for the body they lack. */
export function empty(call: Call, changed: boolean, type: string | null = 'text/html; charset=UTF-8'): Reply {
  const headers: Record<string, string> = { 'X-Openstack-Request-Id': call.requestId }
  if (type) headers['Content-Type'] = type
  return { status: 204, headers, body: '', changed }
}

/** An error with Glance's sentence; `detail` is the second, rarer part of the body. */
export function refuse(call: Call, status: number, sentence: string, detail = ''): Reply {
  return shaped(call, status, sentence, `<br /><br />\n${detail}\n\n`)
}

/** A method the resource does not have. */
export function wrongMethod(call: Call, allow: string): Reply {
  const reply = shaped(
    call,
    405,
    `The method ${call.method} is not allowed for this resource. `,
    '<br /><br />\n',
  )
  reply.headers.Allow = allow
  return reply
}

/** A body of a type that the call does not take. */
export function wrongType(call: Call): Reply {
  const type = header(call, 'content-type') ?? ''
  return shaped(
    call,
    415,
    `The request media type ${type} is not supported by this server.\n`,
    '<br /><br />\n',
  )
}

/** 404 for a path that is none. */
export function noSuchResource(call: Call): Reply {
  return refuse(call, 404, 'The resource could not be found.')
}

/** What a database refusing a value comes out as. */
export function serverError(call: Call): Reply {
  return refuse(
    call,
    500,
    'The server has either erred or is incapable of performing the requested operation.',
  )
}

/** No usable token. This answer alone carries no request id. */
export function unauthorized(cloud: Cloud, call: Call): Reply {
  const reply = refuse(
    call,
    401,
    'This server could not verify that you are authorized to access the document you requested. Either you ' +
      'supplied the wrong credentials (e.g., bad password), or your browser does not understand how to supply the ' +
      'credentials required.',
  )
  delete reply.headers['X-Openstack-Request-Id']
  reply.headers['WWW-Authenticate'] = `Keystone uri="${cloud.addresses.identity}"`
  return reply
}

/**
 * HTML where HTML or anything is accepted, JSON where that is asked for, text otherwise; nothing for HEAD. Older clouds
 * write text whatever is accepted, and call it HTML ("ECL image storage reference").
 */
function shaped(call: Call, status: number, sentence: string, rest: string): Reply {
  const title = TITLES[status] ?? 'Error'
  const line = `${status} ${title}`
  const accept = header(call, 'accept') ?? ''
  const answer = (type: string, body: string): Reply => {
    return { status, headers: { 'X-Openstack-Request-Id': call.requestId, 'Content-Type': type }, body }
  }
  if (call.method === 'HEAD') return answer('text/html; charset=UTF-8', '')
  if (call.errorStyle === 'text-as-html') {
    return answer('text/html; charset=UTF-8', `${line}\n\n${sentence}\n\n   `)
  }
  if (accept.includes('html') || accept.includes('*/*')) {
    const message = escapeHtml(sentence) + rest
    const head = ` <head>\n  <title>${line}</title>\n </head>`
    const body = ` <body>\n  <h1>${line}</h1>\n  ${message}\n </body>`
    return answer('text/html; charset=UTF-8', `<html>\n${head}\n${body}\n</html>`)
  }
  const message = sentence + rest
  if (accept.includes('json')) {
    return answer('application/json', asciiOnly(pyJson({ message, code: line, title })))
  }
  const plain = message.replaceAll('\n', ' ').replaceAll('<br />', '\n')
  return answer('text/plain; charset=UTF-8', `${line}\n\n${plain}`)
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
