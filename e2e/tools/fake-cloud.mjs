import { mkdirSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import { createInterface } from 'node:readline'
import { freePorts } from './ports.mjs'
import { start } from './processes.mjs'
import { PlainError } from './project.mjs'

/**
 * Starts a fake cloud with a seed of data, on port 5599 and its neighbours or wherever there is room.
 * @param {{ seed: string, logFile: string, region?: string }} options
 * @returns {Promise<{ authUrl: string, imageUrl: string, controlUrl: string, exited: Promise<number> }>}
 * @throws PlainError when it ends before it is ready
 */
export async function startFakeCloud({ seed, logFile, region = 'north' }) {
  mkdirSync(dirname(logFile), { recursive: true })
  const port = await freePorts(5599, 3)
  const { child, exited } = start(
    'node',
    ['e2e/mock-cloud/main.ts', '--port', String(port), '--seed', seed, '--regions', region],
    {
      stdio: ['ignore', 'pipe', openSync(logFile, 'w')],
    },
  )
  const lines = createInterface({ input: child.stdout })
  const ready = new Promise((resolve) => lines.once('line', (line) => resolve(JSON.parse(line))))
  const endpoints = await Promise.race([ready, exited])
  if (typeof endpoints === 'object') return { ...endpoints, exited }
  throw new PlainError(`The fake cloud ended with code ${endpoints} before it was ready; see ${logFile}.`)
}
