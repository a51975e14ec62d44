import 'server-only'
import { createServer, type IncomingHttpHeaders, type RequestListener, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'

/** A request as it arrived, whole. */
export interface SeenRequest {
  method: string
  url: string
  headers: IncomingHttpHeaders
  body: string
}

export interface ScriptedServer {
  url: string
  requests: SeenRequest[]
  /** Connections opened so far. */
  connections(): number
  stop(): Promise<void>
}

/** Answers one request; `count` is 1 for the first. */
export type Script = (response: ServerResponse, request: SeenRequest, count: number) => void

/** An HTTP server on loopback that answers as a test says. With `tls` it speaks https. */
export async function startScripted(
  script: Script,
  tls?: { key: string; cert: string },
): Promise<ScriptedServer> {
  const requests: SeenRequest[] = []
  const sockets = new Set<Socket>()
  let connections = 0
  const listener: RequestListener = async (incoming, response) => {
    let body = ''
    for await (const chunk of incoming) body += String(chunk)
    const { method = '', url = '', headers } = incoming
    const request = { method, url, headers, body }
    script(response, request, requests.push(request))
  }
  const options = { maxHeaderSize: 128 * 1024 }
  const server = tls ? createTlsServer({ ...options, ...tls }, listener) : createServer(options, listener)
  server.on('connection', (socket: Socket) => {
    connections += 1
    sockets.add(socket)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `${tls ? 'https' : 'http'}://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    connections: () => connections,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}

/** A whole JSON answer. */
export function reply(response: ServerResponse, status: number, body: unknown = {}, headers = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(typeof body === 'string' ? body : JSON.stringify(body))
}
