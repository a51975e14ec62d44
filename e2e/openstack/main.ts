import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { parseArgs } from 'node:util'
import { toEnvironment } from './environment.ts'
import { mintFactsWorld } from './facts-world.ts'
import { startLab } from './lab.ts'
import { PlainError } from './plain-error.ts'

const USAGE = `Starts a real Keystone and Glance on loopback, prints how to reach them as one line of JSON, and runs until it is ended.

  --facts            also make the users and images of the questionnaire about the cloud
  --quota <n>        member limit of an image (128)
  --page-limit <n>   images on one page of a list, at most (1000)
  --lifetime <s>     life of a token in seconds (3600)
  --secure-rbac      the new role defaults
  --run <command …>  run this command with the settings in its environment, then stop and exit with its code`

const runAt = process.argv.indexOf('--run')
const { values } = parseArgs({
  args: process.argv.slice(2, runAt === -1 ? undefined : runAt),
  options: {
    facts: { type: 'boolean' },
    quota: { type: 'string' },
    'page-limit': { type: 'string' },
    lifetime: { type: 'string' },
    'secure-rbac': { type: 'boolean' },
    help: { type: 'boolean' },
  },
})
if (values.help) console.log(USAGE)
else process.exitCode = await main(runAt === -1 ? [] : process.argv.slice(runAt + 1)).catch(plainly)

async function main(command: string[]): Promise<number> {
  const lab = await startLab({
    memberQuota: values.quota ? Number(values.quota) : undefined,
    apiLimitMax: values['page-limit'] ? Number(values['page-limit']) : undefined,
    tokenLifetimeSeconds: values.lifetime ? Number(values.lifetime) : undefined,
    secureRbac: values['secure-rbac'],
  })
  try {
    if (values.facts) await mintFactsWorld(lab)
    if (command.length > 0) return await run(command, { ...process.env, ...toEnvironment(lab) })
    console.log(JSON.stringify(toEnvironment(lab)))
    await asked()
    return 0
  } finally {
    await lab.stop()
  }
}

function plainly(error: unknown): number {
  console.error(error instanceof PlainError ? error.message : error)
  return 1
}

/** Waits until this process is asked to end. */
function asked(): Promise<void> {
  return new Promise((resolve) => {
    process.on('SIGTERM', () => resolve()).on('SIGINT', () => resolve())
  })
}

/** Runs the command and returns its exit code; it is told when this process is asked to end. */
async function run([name = '', ...args]: string[], env: NodeJS.ProcessEnv): Promise<number> {
  const child = spawn(name, args, { env, stdio: 'inherit' })
  const tell = (signal: NodeJS.Signals) => child.kill(signal)
  process.on('SIGTERM', tell).on('SIGINT', tell)
  const [code] = await once(child, 'exit')
  return code ?? 1
}
