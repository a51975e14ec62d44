import 'server-only'
import { EventEmitter } from 'node:events'
import { causeOf, log } from './log'
import type { Database, Store } from './store/store'

/** What replicas tell each other: small, and only what somebody reads again from the database. */
export interface JobChange {
  jobId: string
  cloud: string
  projectId: string
  revision: number
  finished: boolean
  /** Somebody wants nothing more of it sent: its worker stops at once, and need not look first. */
  cancelled?: true
}

/** Carries job changes from the worker that made them to every replica's event streams. */
export interface Bus {
  /** Through a transaction it is told when and if that is committed, and so before whatever follows from it. */
  tell(change: JobChange, through?: Database): Promise<void>
  hear(listener: (change: JobChange) => void): () => void
  close(): Promise<void>
}

const channel = 'shareboard_job'

export async function openBus(store: Store): Promise<Bus> {
  const local = new EventEmitter()
  local.setMaxListeners(0)
  const stop = await store.listen(channel, (payload) => {
    try {
      local.emit('change', JSON.parse(payload) as JobChange)
    } catch (error) {
      log.warn('an event could not be read', { cause: causeOf(error) })
    }
  })
  return {
    tell: (change, through) => store.notify(channel, JSON.stringify(change), through),
    hear(listener) {
      local.on('change', listener)
      return () => {
        local.off('change', listener)
      }
    },
    close: stop,
  }
}
