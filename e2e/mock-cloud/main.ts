import { parseArgs } from 'node:util'
import type { Flavour } from './flavours.ts'
import { startMockCloud } from './server.ts'

export { startMockCloud } from './server.ts'

/** The command line: starts the cloud, prints one line of JSON when it listens, stops at SIGTERM or SIGINT. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '5599' },
      seed: { type: 'string', default: 'demo' },
      'identity-prefix': { type: 'string', default: '/identity' },
      flavour: { type: 'string' },
      regions: { type: 'string' },
      'print-json': { type: 'boolean', default: true },
    },
  })
  const running = await startMockCloud({
    port: Number(values.port),
    seed: values.seed,
    identityPrefix: values['identity-prefix'],
    flavour: values.flavour as Flavour | undefined,
    regions: values.regions?.split(','),
  })
  const { authUrl, imageUrl, controlUrl } = running
  if (values['print-json']) console.log(JSON.stringify({ authUrl, imageUrl, controlUrl }))
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, async () => {
      await running.stop()
      process.exit(0)
    })
  }
}

if (import.meta.main) await main()
