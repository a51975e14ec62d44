'use client'

import { useSyncExternalStore } from 'react'

let version = 0

function subscribe(onChange: () => void) {
  const bump = () => {
    version += 1
    onChange()
  }
  const system = window.matchMedia('(prefers-color-scheme: dark)')
  system.addEventListener('change', bump)
  const observer = new MutationObserver(bump)
  observer.observe(document.documentElement, { attributeFilter: ['class', 'data-theme'] })
  return () => {
    system.removeEventListener('change', bump)
    observer.disconnect()
  }
}

/** A number that changes with the theme, for what is painted with colours read from the page. */
export function useThemeVersion(): number {
  return useSyncExternalStore(
    subscribe,
    () => version,
    () => 0,
  )
}
