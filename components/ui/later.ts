'use client'

import { type ComponentType, type LazyExoticComponent, lazy } from 'react'

type Load<Props> = () => Promise<{ default: ComponentType<Props> }>

const waiting = new Set<() => Promise<unknown>>()

const firstPauseMs = 500
/** Half a minute in all: a dashboard that restarts is back by then. */
const attempts = 7

/**
 * A part of a screen that the first view does without. It is fetched right after that view, so that it is there when it
 * is wanted, even if the server is not.
 */
export function later<Props>(load: Load<Props>): LazyExoticComponent<ComponentType<Props>> {
  waiting.add(load)
  return lazy(() => loadPatiently(load))
}

/** What fails once would stay broken in the open page, however soon the server comes back. */
async function loadPatiently<Loaded>(load: () => Promise<Loaded>): Promise<Loaded> {
  for (let attempt = 1; attempt < attempts; attempt += 1) {
    try {
      return await load()
    } catch {
      await new Promise((resolve) => setTimeout(resolve, firstPauseMs * 2 ** (attempt - 1)))
    }
  }
  return load()
}

/** Fetches the parts of the screens that are open by now. What could not be fetched is tried again when it is wanted. */
export function fetchLaterParts(): void {
  for (const load of waiting) {
    waiting.delete(load)
    load().catch(() => waiting.add(load))
  }
}
