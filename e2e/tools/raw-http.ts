import { type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http'

/** Where a server listens, and the origin it believes to be. */
export interface Address {
  port: number
  origin: string
}

export interface Question {
  method?: string
  headers?: Record<string, string>
  body?: string
  /** After so long without an answer the question fails; 30 s when left out. */
  limitMs?: number
}

export interface Answer {
  status: number
  /** Names in lower case. */
  headers: IncomingHttpHeaders
  cookies: readonly string[]
  body: Buffer
  text: string
}

/**
 * One request over a connection of its own, exactly as written: `path` is not normalised, and Host is the origin's unless
 * a header says otherwise. Redirects are not followed; of an event stream, which does not end, the head alone is read.
 */
export async function ask(server: Address, path: string, question: Question = {}): Promise<Answer> {
  return readAnswer(await openAnswer(server, path, question))
}

async function readAnswer(response: IncomingMessage): Promise<Answer> {
  if (response.headers['content-type']?.startsWith('text/event-stream')) response.destroy()
  const chunks: Buffer[] = []
  if (!response.destroyed) for await (const chunk of response as AsyncIterable<Buffer>) chunks.push(chunk)
  const body = Buffer.concat(chunks)
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    cookies: response.headers['set-cookie'] ?? [],
    body,
    text: body.toString('utf8'),
  }
}

/** The same, as soon as the headers are there; the body is read, or destroyed, by the caller. */
export function openAnswer(
  server: Address,
  path: string,
  { method = 'GET', headers = {}, body, limitMs = 30_000 }: Question,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const asked = request(
      {
        host: '127.0.0.1',
        port: server.port,
        method,
        path,
        agent: false,
        // Tokens of 20 kB come in headers.
        maxHeaderSize: 64 * 1024,
        headers: { host: new URL(server.origin).host, ...headers },
      },
      (response) => {
        clearTimeout(timer)
        resolve(response)
      },
    )
    const timer = setTimeout(() => asked.destroy(new Error(`no answer to ${method} ${path}`)), limitMs)
    asked.once('error', (error) => {
      clearTimeout(timer)
      reject(error)
    })
    asked.end(body)
  })
}
