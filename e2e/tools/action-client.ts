import type { Result } from '../../lib/contracts/errors.ts'
import { builtActions } from './build-manifests.ts'
import { type Address, type Answer, ask } from './raw-http.ts'

export interface ActionCall {
  cookie?: string | null
  /** Added to the headers a browser sends, or put in their place; null leaves one out. */
  headers?: Record<string, string | null>
  /** Sent instead of the input, as it is. */
  body?: string
}

export interface ActionAnswer {
  answer: Answer
  /** What the action returned; null when the answer holds no result. */
  result: Result<unknown> | null
}

/** Calls a server action as the browser does: a POST to a page that carries it. */
export async function callAction(
  server: Address,
  name: string,
  input: unknown,
  { cookie, headers = {}, body }: ActionCall = {},
): Promise<ActionAnswer> {
  const { id, page } = locate(name)
  const wanted: Record<string, string | null> = {
    accept: 'text/x-component',
    'content-type': 'text/plain;charset=UTF-8',
    'next-action': id,
    origin: server.origin,
    'sec-fetch-site': 'same-origin',
    cookie: cookie ?? null,
    ...headers,
  }
  const answer = await ask(server, page, {
    method: 'POST',
    headers: Object.fromEntries(
      Object.entries(wanted).filter((entry): entry is [string, string] => entry[1] !== null),
    ),
    body: body ?? JSON.stringify([input]),
  })
  return { answer, result: resultIn(answer.text) }
}

/** The value of a result. @throws Error with the code of the failure, or the start of what came instead */
export function valueIn<Value>({ answer, result }: ActionAnswer): Value {
  if (result?.ok) return result.value as Value
  throw new Error(
    result ? `refused: ${result.failure.code}` : `${answer.status}: ${answer.text.slice(0, 300)}`,
  )
}

/** The code of a refusal; null when the action went through or gave no result. */
export const codeOf = ({ result }: ActionAnswer): string | null =>
  result && !result.ok ? result.failure.code : null

/** Name and password of a user in a domain; `Default` when left out. */
export interface Person {
  user: string
  password: string
  domain?: string
  /** For a session that changes nothing. */
  readOnly?: boolean
}

/** The name that a cloud given by OS_AUTH_URL alone has. */
export const cloudName = 'openstack'

/** Signs in and answers the cookie, as it is sent back: `name=value`. @throws Error with the code of a refusal */
export async function signIn(server: Address, person: Person, cookie?: string): Promise<string> {
  const call = await callAction(
    server,
    'signIn',
    { method: 'password', cloud: cloudName, domain: 'Default', ...person },
    { cookie },
  )
  valueIn(call)
  const [pair] = call.answer.cookies[0]?.split(';') ?? []
  if (!pair) throw new Error('signed in, and no cookie was set')
  return pair
}

const located = new Map<string, { id: string; page: string }>()

/** Pages of one thing have to be addressed somehow; the action does not look at the address. */
function locate(name: string): { id: string; page: string } {
  const known = located.get(name)
  if (known) return known
  const built = builtActions().find((action) => action.name === name)
  const pattern = built?.pages.toSorted((a, b) => a.length - b.length)[0]
  if (!built || !pattern) throw new Error(`The build has no action ${name}.`)
  const found = { id: built.id, page: pattern.replace(/\[\w+\]/g, 'x') }
  located.set(name, found)
  return found
}

/** The rows of the answer are `<number>:<JSON>`; the one with `ok` is what the gate returned. */
function resultIn(text: string): Result<unknown> | null {
  for (const line of text.split('\n')) {
    const row = /^[0-9a-f]+:(?<json>\{"ok":(?:true|false).*)$/.exec(line)?.groups?.json
    if (row) return JSON.parse(row, unescaped) as Result<unknown>
  }
  return null
}

function unescaped(_key: string, value: unknown): unknown {
  if (value === '$undefined') return undefined
  return typeof value === 'string' && value.startsWith('$$') ? value.slice(1) : value
}
