/**
 * Whether the server told us that the session is gone. One switch for the whole page: the sign-in dialog opens over
 * whatever is on screen, so that nothing typed is lost.
 */
type Listener = () => void

let lost = false
const listeners = new Set<Listener>()

function set(value: boolean) {
  if (lost === value) return
  lost = value
  for (const listener of listeners) listener()
}

export const sessionLost = {
  report: () => set(true),
  clear: () => set(false),
  get: () => lost,
  subscribe(listener: Listener) {
    listeners.add(listener)
    return () => {
      listeners.delete(listener)
    }
  },
}
