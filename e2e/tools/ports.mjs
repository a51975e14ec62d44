import { createServer } from 'node:net'

import { PlainError } from './project.mjs'

/** Whether a TCP port can be listened on now, on every address of this machine. */
function isPortFree(port) {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen({ port, exclusive: true }, () => server.close(() => resolve(true)))
  })
}

/** A loopback port that is free now; the system chooses. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen({ port: 0, host: '127.0.0.1' }, () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })
}

/**
 * The first of `count` neighbouring free ports: the preferred one, or another when it is taken.
 * @param {number} preferred
 * @param {number} count
 */
export async function freePorts(preferred, count) {
  for (let first = preferred; ; first = await freePort()) {
    const ports = Array.from({ length: count }, (_, index) => first + index)
    const free = await Promise.all(ports.map((port) => port < 65_536 && isPortFree(port)))
    if (free.every(Boolean)) return first
  }
}

/**
 * The port the dashboard is to use: PORT, or 3000.
 * @throws PlainError when it is no port or taken
 */
export async function dashboardPort() {
  const port = Number(process.env.PORT || 3000)
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new PlainError(`PORT is ${process.env.PORT}; it has to be a number from 1 to 65535.`)
  }
  if (await isPortFree(port)) return port
  throw new PlainError(
    `Port ${port} is in use. End what uses it, or choose another: PORT=${port + 1} npm run …`,
  )
}
