'use client'

import { useSyncExternalStore } from 'react'

export type ToastTone = 'info' | 'success' | 'danger'

export type Toast = {
  id: number
  message: string
  tone: ToastTone
  /** One act, such as undo. */
  action?: { label: string; run: () => void }
}

const NONE: readonly Toast[] = []
const listeners = new Set<() => void>()
let toasts = NONE
let lastId = 0

function set(next: readonly Toast[]) {
  toasts = next
  for (const listener of listeners) listener()
}

/** Shows a sentence in the corner. Strings only: an error object is turned into words by whoever caught it. */
export function showToast(
  message: string,
  options: { tone?: ToastTone; action?: Toast['action'] } = {},
): number {
  lastId += 1
  const toast: Toast = { id: lastId, message, tone: options.tone ?? 'info', action: options.action }
  // More than three would cover what they speak of. A failure waits to be read: others make room before it.
  const leaves = toasts.length < 3 ? undefined : (toasts.find(({ tone }) => tone !== 'danger') ?? toasts[0])
  set([...toasts.filter((one) => one !== leaves), toast])
  return toast.id
}

export function dismissToast(id: number) {
  set(toasts.filter((toast) => toast.id !== id))
}

/** The toasts on screen; for the region alone. */
export function useToasts(): readonly Toast[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => toasts,
    () => NONE,
  )
}
