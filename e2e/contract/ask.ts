/** Whom to ask, and as whom. */
export interface Asker {
  url: string
  token?: string
}

/** An answer, read completely; `body` is the parsed JSON, or undefined where it is none. */
export interface Answered {
  status: number
  headers: Headers
  text: string
  body: unknown
}

interface Question {
  /** Sent as JSON. */
  json?: unknown
  /** Sent as it is. */
  raw?: string
  /** Added to `Accept: application/json` and the token; null takes one away. */
  headers?: Record<string, string | null>
}

/** Sends one request and returns whatever comes back, without following redirects. */
export async function ask(
  who: Asker,
  method: string,
  path: string,
  question: Question = {},
): Promise<Answered> {
  const { json, raw, headers = {} } = question
  const sent = new Headers({ Accept: 'application/json' })
  if (who.token) sent.set('X-Auth-Token', who.token)
  if (json !== undefined || raw !== undefined) sent.set('Content-Type', 'application/json')
  for (const [name, value] of Object.entries(headers)) {
    if (value === null) sent.delete(name)
    else sent.set(name, value)
  }
  const body = json === undefined ? raw : JSON.stringify(json)
  const answer = await fetch(who.url + path, { method, headers: sent, body, redirect: 'manual' })
  const text = await answer.text()
  return { status: answer.status, headers: answer.headers, text, body: parse(text) }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
