import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { freePorts } from '../openstack/ports.ts'
import { buildDirectory } from './build-manifests.ts'
import { type Address, ask } from './raw-http.ts'
import { serverNodeOptions } from './server-options.mjs'

export interface DashboardOptions {
  authUrl: string
  /** Where the embedded store lies; without it a database is needed. */
  dataDir?: string
  databaseUrl?: string
  /** A free port when left out. */
  port?: number
  /** `http://localhost:<port>` when left out. */
  origin?: string
  env?: Record<string, string>
}

export interface Dashboard extends Address {
  pid: number
  /** Everything it wrote to both of its outputs so far. */
  log(): string
  /** Resolves to its exit code, or to the signal that ended it. */
  exited: Promise<number | NodeJS.Signals>
  /** Asks it to end, and waits. */
  stop(): Promise<void>
  /** SIGKILL; resolves when the process is gone. */
  kill(): Promise<void>
}

/** One secret for all: replicas must share it, and a restart must open what the process before it sealed. */
const secret = 'a-secret-for-tests-of-forty-characters-x'

const readyLimitMs = 120_000
const pollMs = 25
const running = new Set<ChildProcess>()
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

/** Starts a production server of the build and waits until it is ready. @throws Error with its log when it ends first */
export async function startDashboard(options: DashboardOptions): Promise<Dashboard> {
  const dashboard = await spawnDashboard(options)
  const limit = Date.now() + readyLimitMs
  let over: unknown
  void dashboard.exited.then((how) => {
    over = how
  })
  while (!(await isReady(dashboard))) {
    if (over !== undefined || Date.now() > limit) {
      throw new Error(`The dashboard did not get ready (${over ?? 'still running'}):\n${dashboard.log()}`)
    }
    await pause(pollMs)
  }
  return dashboard
}

/** The same without waiting. */
async function spawnDashboard(options: DashboardOptions): Promise<Dashboard> {
  const port = options.port ?? (await freePorts())[0]
  const origin = options.origin ?? `http://localhost:${port}`
  // Started without a script in between, so that the id is the server's own.
  const child = spawn(
    'node',
    [join('node_modules', 'next', 'dist', 'bin', 'next'), 'start', '-p', `${port}`, '-H', '127.0.0.1'],
    { cwd: buildDirectory, env: settings(options, origin), stdio: ['ignore', 'pipe', 'pipe'] },
  )
  running.add(child)
  let log = ''
  for (const output of [child.stdout, child.stderr]) {
    output.setEncoding('utf8').on('data', (chunk: string) => {
      log += chunk
    })
  }
  const exited = once(child, 'close').then(([code, signal]) => {
    running.delete(child)
    return (signal ?? code) as number | NodeJS.Signals
  })
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal)
    await exited
  }
  return {
    port,
    origin,
    pid: child.pid ?? 0,
    log: () => log,
    exited,
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
  }
}

async function isReady(dashboard: Dashboard): Promise<boolean> {
  try {
    return (await ask(dashboard, '/readyz', { limitMs: 5_000 })).status === 200
  } catch {
    return false
  }
}

function settings(options: DashboardOptions, origin: string): NodeJS.ProcessEnv {
  // What a person has set for their own cloud must not leak in.
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(OS_|SHAREBOARD_|DATABASE_URL$)/.test(name),
  )
  return {
    ...Object.fromEntries(inherited),
    NODE_ENV: 'production',
    NODE_OPTIONS: serverNodeOptions('--disable-warning=ExperimentalWarning'),
    NEXT_MANUAL_SIG_HANDLE: '1',
    NEXT_TELEMETRY_DISABLED: '1',
    PATH: `${join(buildDirectory, 'node_modules', '.bin')}:${process.env.PATH ?? ''}`,
    OS_AUTH_URL: options.authUrl,
    SHAREBOARD_SECRET: secret,
    SHAREBOARD_PUBLIC_ORIGIN: origin,
    ...(options.dataDir ? { SHAREBOARD_DATA_DIR: options.dataDir } : {}),
    ...(options.databaseUrl ? { DATABASE_URL: options.databaseUrl } : {}),
    ...options.env,
  }
}
