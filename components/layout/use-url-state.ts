'use client'
import { useSearchParams } from 'next/navigation'
import { useCallback, useMemo, useState } from 'react'

/** Addresses of ours that may still be on their way; more are never typed within one. */
const pendingAtMost = 50

type Values<Defaults> = { [Key in keyof Defaults]: string }

/**
 * Filters, sorting and tabs live in the address, so that a reload or a sent link shows the same. `defaults` is a
 * module constant: its keys are the parameters, its values what an absent parameter means. A value that equals its
 * default leaves the address; parameters of others stay. Writing replaces the history entry, so that "back" leaves
 * the screen instead of undoing one letter at a time.
 */
export function useUrlState<Defaults extends Readonly<Record<string, string>>>(
  defaults: Defaults,
): [values: Values<Defaults>, set: (changes: Partial<Values<Defaults>>) => void] {
  const search = useSearchParams()
  const address = search.toString()
  // The router hands on a new address late, in a transition; a field that waited for it would lose letters.
  const [draft, setDraft] = useState<{ address: string; pending: readonly string[] } | null>(null)
  const shown = draft?.pending.includes(address) ? draft.address : address

  const values = useMemo(() => {
    const params = new URLSearchParams(shown)
    const entries = Object.entries(defaults).map(([key, fallback]) => [key, params.get(key) ?? fallback])
    return Object.fromEntries(entries) as Values<Defaults>
  }, [defaults, shown])

  const set = useCallback(
    (changes: Partial<Values<Defaults>>) => {
      // Read from the window: two writes before the next render must not undo each other.
      const before = new URLSearchParams(window.location.search).toString()
      const next = withChanges(before, changes, defaults)
      if (next === before) return
      setDraft((old) => ({
        address: next,
        pending: [...(old?.pending.includes(before) ? old.pending : [before]), next].slice(-pendingAtMost),
      }))
      window.history.replaceState(null, '', `${window.location.pathname}${next === '' ? '' : `?${next}`}`)
    },
    [defaults],
  )

  return [values, set]
}

/** The query string, without its `?`, after some parameters were changed. */
export function withChanges(
  search: string,
  changes: Readonly<Record<string, string | undefined>>,
  defaults: Readonly<Record<string, string>>,
): string {
  const params = new URLSearchParams(search)
  for (const [key, value] of Object.entries(changes)) {
    if (value === undefined || value === defaults[key]) params.delete(key)
    else params.set(key, value)
  }
  return params.toString()
}
