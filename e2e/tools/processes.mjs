import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { PlainError, projectEnv, root } from './project.mjs'

const running = new Set()
const cleanups = new Set()
const graceMs = 20_000
const endSignals = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 }

/**
 * Starts a process in a group of its own: a Ctrl-C in the terminal reaches only this script, which then stops
 * each group once, in its own order.
 * @param {string} command found in PATH, `node_modules/.bin` first
 * @param {string[]} args
 * @param {{ env?: Record<string, string | undefined>, cwd?: string, stdio?: import('node:child_process').StdioOptions,
 *   uid?: number, gid?: number, stopSignal?: NodeJS.Signals }} options
 * @returns the child, `exited` (resolves to the exit code; 127 not found, 128 + n killed by a signal) and
 *   `stop()` (asks by stopSignal, kills after twenty seconds, resolves to the exit code)
 */
export function start(command, args, { env = {}, cwd = root, stopSignal = 'SIGTERM', ...options } = {}) {
  const child = spawn(command, args, { cwd, env: projectEnv(env), detached: true, ...options })
  const exited = new Promise((resolve) => {
    child.on('error', () => resolve(127))
    child.on('exit', (code, signal) => resolve(signal ? 128 + constants.signals[signal] : code))
  })
  const stop = async () => {
    signalGroup(child, stopSignal)
    const timer = setTimeout(() => signalGroup(child, 'SIGKILL'), graceMs)
    const code = await exited
    clearTimeout(timer)
    return code
  }
  const started = { child, exited, stop }
  running.add(started)
  void exited.then(() => running.delete(started))
  return started
}

/**
 * Runs a command to its end.
 * @param {string} command
 * @param {string[]} args
 * @param {{ env?: Record<string, string | undefined>, cwd?: string, show?: boolean, limitMs?: number,
 *   uid?: number, gid?: number }} options
 *   show: pass the output on as it comes; it is kept in either case. limitMs: end it after that time
 * @returns {Promise<{ code: number, output: string }>} code as in start()
 */
export async function run(command, args, { show = false, limitMs, ...options } = {}) {
  const { child, exited, stop } = start(command, args, {
    ...options,
    stdio: ['ignore', 'pipe', 'pipe'],
    stopSignal: 'SIGINT',
  })
  let output = ''
  const keep = (target) => (chunk) => {
    output += chunk
    if (show) target.write(chunk)
  }
  const timer = limitMs && setTimeout(stop, limitMs)
  child.stdout?.setEncoding('utf8').on('data', keep(process.stdout))
  child.stderr?.setEncoding('utf8').on('data', keep(process.stderr))
  await new Promise((resolve) => {
    child.on('close', resolve)
    child.on('error', (error) => {
      output += `${command}: ${error.message}\n`
      resolve()
    })
  })
  clearTimeout(timer)
  return { code: await exited, output }
}

/** Registers what has to be undone at the end, also after Ctrl-C; returns a function that does it now, once. */
export function atEnd(cleanup) {
  const once = async () => {
    if (cleanups.delete(once)) await cleanup()
  }
  cleanups.add(once)
  return once
}

/**
 * Runs a script: stops everything it started when it ends or is told to end (SIGINT, SIGTERM, SIGHUP); a
 * PlainError becomes its sentence and exit code 1.
 * @param {() => Promise<number>} main resolves to the exit code
 * @param {{ server?: boolean }} options server: being told to end is its way to end well, so the exit code is then
 *   that of its processes, not 128 + signal
 */
export function runScript(main, { server = false } = {}) {
  let told = false
  const end = async (code) => {
    if (told) return
    told = true
    const codes = await stopEverything()
    process.exit(server ? Math.max(0, ...codes) : code)
  }
  for (const [signal, number] of Object.entries(endSignals)) process.on(signal, () => end(128 + number))
  endWithNpm(() => end(128 + endSignals.SIGTERM))
  main()
    .catch((error) => {
      if (!told) console.error(error instanceof PlainError ? `\n${error.message}` : error)
      return 1
    })
    .then(async (code) => {
      if (told) return
      await stopEverything()
      process.exit(code)
    })
}

/** npm passes a signal on to its shell alone, which dies of it and leaves this script behind. */
function endWithNpm(end) {
  if (!process.env.npm_lifecycle_event) return
  const parent = process.ppid
  setInterval(() => process.ppid !== parent && end(), 500).unref()
}

async function stopEverything() {
  const codes = await Promise.all([...running].map((process) => process.stop()))
  for (const cleanup of [...cleanups].reverse()) await cleanup()
  return codes
}

function signalGroup(child, signal) {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  try {
    process.kill(-child.pid, signal)
  } catch (error) {
    if (error.code !== 'ESRCH') throw error
  }
}
