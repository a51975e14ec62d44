import 'server-only'

/**
 * Hands things from who finds them to who works on them, and holds up the finding while too many wait. The first ones hold it
 * up until all of them are being worked on: somebody waits to see what comes of them.
 */
export function createHandover<Item>(roomFor: number) {
  let items: Item[] = []
  let room = 1
  let isClosed = false
  let wake = Promise.withResolvers<void>()

  const changed = () => {
    wake.resolve()
    wake = Promise.withResolvers()
  }

  return {
    /** Resolves when there is room again. */
    async give(more: readonly Item[]): Promise<void> {
      if (isClosed) return
      items.push(...more)
      changed()
      while (items.length >= room && !isClosed) await wake.promise
      room = roomFor
    },
    /** The next one; null at the end. */
    async take(): Promise<Item | null> {
      for (;;) {
        const item = items.shift()
        if (item !== undefined) {
          if (items.length === room - 1) changed()
          return item
        }
        if (isClosed) return null
        await wake.promise
      }
    },
    /** Nothing more comes. */
    close() {
      isClosed = true
      changed()
    },
    /** Nothing more is worked on either. */
    drop() {
      items = []
      isClosed = true
      changed()
    },
  }
}
