import 'server-only'
import { runtime } from '../runtime'

/** Whether this process can serve: started, database in reach, not going down. Never asks a cloud. */
export async function isReady(): Promise<boolean> {
  try {
    const { store, closing } = await runtime()
    if (closing.aborted) return false
    await store.ping()
    return true
  } catch {
    return false
  }
}
