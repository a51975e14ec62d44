import type { Reply } from '../http/call.ts'
import { pyJson } from '../http/py-json.ts'

const TITLES: Record<number, string> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  409: 'Conflict',
}

const MALFORMED =
  'The server could not comply with the request since it is either malformed or otherwise incorrect. ' +
  'The client is assumed to be in error.'

/** An answer of Keystone: JSON with spaces when good, without when not, and a line end; or nothing. */
export function answer(status: number, body: unknown, headers: Record<string, string> = {}): Reply {
  if (body === null) return { status, headers, body: '' }
  const text = status < 300 ? pyJson(body) : JSON.stringify(body)
  return {
    status,
    headers: { 'Content-Type': 'application/json', ...headers },
    body: `${text}
`,
  }
}

/** Keystone's one shape of an error. */
export function error(status: number, message: string, extra: Record<string, unknown> = {}): Reply {
  return answer(status, { error: { code: status, ...extra, message, title: TITLES[status] } })
}

/** Every failed sign-in and every unusable token look the same. */
export function unauthorized(): Reply {
  return error(401, 'The request you have made requires authentication.')
}

/** 403, naming the rule that refused, such as `identity:list_users`. */
export function forbidden(rule: string): Reply {
  return error(403, `You are not authorized to perform the requested action: ${rule}.`)
}

/** A body that lacks something: `what` and Keystone's standing sentence. */
export function malformed(what: string): Reply {
  return error(400, `${what} ${MALFORMED}`)
}

/** 404: `what` is the kind of thing, such as `project`. */
export function notFound(what: string, id: string): Reply {
  return error(404, `Could not find ${what}: ${id}.`)
}

/** A path Keystone does not have: HTML, whatever the client accepts. */
export function noSuchPath(): Reply {
  return {
    status: 404,
    headers: { 'Content-Type': 'text/html; charset=utf-8' },
    body:
      '<!doctype html>\n<html lang=en>\n<title>404 Not Found</title>\n<h1>Not Found</h1>\n<p>The requested URL was not ' +
      'found on the server. If you entered the URL manually please check your spelling and try again.</p>\n',
  }
}

/** 405 with the methods that are allowed. */
export function methodNotAllowed(allow: string): Reply {
  const body = '{"message": "The method is not allowed for the requested URL."}\n'
  return { status: 405, headers: { 'Content-Type': 'application/json', Allow: allow }, body }
}
