import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import { logTail } from './logs.ts'
import { PlainError } from './plain-error.ts'

/** What to run. Output is appended to the file `log`, whose folder is the working directory; another `user` needs root. */
export interface Command {
  name: string
  command: string
  args: string[]
  log: string
  env?: Record<string, string | undefined>
  user?: string
}

/** A started process. `ended` gives its exit code or the signal that ended it, or null when it could not be started. */
export interface Child {
  name: string
  log: string
  ended: Promise<number | NodeJS.Signals | null>
  running(): boolean
  /** Interrupts it, kills its process group after ten seconds, and waits for its end. */
  stop(): Promise<void>
}

// PostgreSQL and uWSGI both understand SIGINT as "end now, without waiting for clients".
const STOP_SIGNAL = 'SIGINT'
const STOP_TIMEOUT_MS = 10_000

/**
 * Starts a process in its own process group. The kernel interrupts it when this process dies without having called
 * `stop`, so that even a SIGKILL of the parent leaves nothing running.
 */
export function startProcess(what: Command): Child {
  const log = openSync(what.log, 'a')
  const identity = what.user ? ['--reuid', what.user, '--regid', what.user, '--init-groups'] : []
  const args = ['--pdeathsig', 'INT', ...identity, '--', what.command, ...what.args]
  // Next declares NODE_ENV as always present; programs of other makers have none.
  const env = (what.env ?? process.env) as NodeJS.ProcessEnv
  const options = { env, cwd: dirname(what.log), detached: true }
  const child = spawn('/usr/bin/setpriv', args, { ...options, stdio: ['ignore', log, log] })
  closeSync(log)
  const ended = once(child, 'exit').then(
    ([code, signal]) => code ?? signal,
    () => null,
  )
  const running = () => child.pid !== undefined && child.exitCode === null && child.signalCode === null
  return {
    name: what.name,
    log: what.log,
    ended,
    running,
    async stop() {
      if (!running()) return
      child.kill(STOP_SIGNAL)
      const timer = setTimeout(() => killGroup(child), STOP_TIMEOUT_MS)
      await ended
      clearTimeout(timer)
    },
  }
}

/** Waits for the end of a process; throws with the end of its log unless it ended well. */
export async function endedWell(child: Child): Promise<void> {
  const code = await child.ended
  if (code !== 0) throw new PlainError(`${child.name} ended with ${code}.\n${logTail(child.log)}`)
}

/** Runs a short command without input; undefined when it cannot be started or was ended by a signal. */
export function tryRun(
  command: string,
  args: string[],
): Promise<{ code: number; stdout: string } | undefined> {
  return new Promise((resolve) => {
    execFile(command, args, (error, stdout) => {
      if (!error) resolve({ code: 0, stdout })
      else resolve(typeof error.code === 'number' ? { code: error.code, stdout } : undefined)
    })
  })
}

function killGroup(child: ChildProcess): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
  } catch {
    child.kill('SIGKILL')
  }
}
