/** One answer of Keystone or Glance; `body` is the parsed JSON, or the text where it is none. */
interface Answer {
  status: number
  headers: Headers
  body: unknown
}

/** How to call one service: its base address and the token to show. */
export interface Service {
  url: string
  token?: string
}

/** A request that was not answered as needed. The message names method, path and answer, never the token. */
export class UnexpectedAnswer extends Error {
  readonly status: number

  constructor(method: string, path: string, answer: Answer) {
    super(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)?.slice(0, 500)}`)
    this.name = 'UnexpectedAnswer'
    this.status = answer.status
  }
}

/** Sends one request, with a JSON body if there is one, and returns the answer whatever its status is. */
export async function send(service: Service, method: string, path: string, body?: unknown): Promise<Answer> {
  const headers: Record<string, string> = { Accept: 'application/json' }
  if (service.token) headers['X-Auth-Token'] = service.token
  if (body !== undefined) headers['Content-Type'] = 'application/json'
  const answer = await fetch(service.url + path, {
    method,
    headers,
    body: body === undefined ? undefined : JSON.stringify(body),
  })
  return { status: answer.status, headers: answer.headers, body: parse(await answer.text()) }
}

/** As `send`, but throws `UnexpectedAnswer` unless the status is 2xx, and returns the body as the type the caller expects. */
export async function call<Body>(
  service: Service,
  method: string,
  path: string,
  body?: unknown,
): Promise<Body> {
  const answer = await send(service, method, path, body)
  if (answer.status < 200 || answer.status > 299) throw new UnexpectedAnswer(method, path, answer)
  return answer.body as Body
}

function parse(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text)
  } catch {
    return text
  }
}
