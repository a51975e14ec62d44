import 'server-only'

/** Hands things from who finds them to who works on them, and holds up the finding while too many wait. */
export function createHandover<Item>(roomFor: number) {
  let items: Item[] = []
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
      while (items.length >= roomFor && !isClosed) await wake.promise
    },
    /** The next one; null at the end. */
    async take(): Promise<Item | null> {
      for (;;) {
        const item = items.shift()
        if (item !== undefined) {
          if (items.length === roomFor - 1) changed()
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
