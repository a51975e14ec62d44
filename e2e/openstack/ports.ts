import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'

/** Two different TCP ports of 127.0.0.1 that were free a moment ago. */
export async function freePorts(): Promise<[number, number]> {
  const servers = [createServer(), createServer()] as const
  const ports: [number, number] = [0, 0]
  for (const [index, server] of servers.entries()) {
    await once(server.listen(0, '127.0.0.1'), 'listening')
    ports[index] = (server.address() as AddressInfo).port
  }
  for (const server of servers) await once(server.close(), 'close')
  return ports
}
