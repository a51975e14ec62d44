import { type Child, type Command, endedWell, startProcess } from './processes.ts'

/** Processes that end together. */
export interface ProcessSet {
  /** Starts a server. */
  start(what: Command): Child
  /** Runs a command to its end; throws with the end of its log when it fails. */
  run(what: Command): Promise<void>
  /** Ends whatever still runs; nothing can be started afterwards. */
  stop(): Promise<void>
}

/** An empty set. */
export function processSet(): ProcessSet {
  const children = new Set<Child>()
  let stopping = false
  const start = (what: Command) => {
    if (stopping) throw new Error(`${what.name} is not started: everything is being stopped.`)
    const child = startProcess(what)
    children.add(child)
    return child
  }
  return {
    start,
    run: async (what) => endedWell(start(what)),
    async stop() {
      stopping = true
      await Promise.all([...children].map((child) => child.stop()))
    },
  }
}
