'use client'
import { useSyncExternalStore } from 'react'

export const themes = ['light', 'dark', 'system'] as const
export type Theme = (typeof themes)[number]

const yearSeconds = 365 * 24 * 3600

/** Shows the theme at once, and keeps it where the server reads it before the next first byte. */
export function setTheme(theme: Theme): void {
  const { classList } = document.documentElement
  classList.remove('light', 'dark')
  if (theme !== 'system') classList.add(theme)
  const secure = window.location.protocol === 'https:' ? '; secure' : ''
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing on plain http and in some browsers.
  document.cookie = `theme=${theme}; path=/; max-age=${yearSeconds}; samesite=lax${secure}`
}

function read(): Theme {
  const { classList } = document.documentElement
  if (classList.contains('dark')) return 'dark'
  return classList.contains('light') ? 'light' : 'system'
}

function subscribe(onChange: () => void) {
  const observer = new MutationObserver(onChange)
  observer.observe(document.documentElement, { attributeFilter: ['class'] })
  return () => observer.disconnect()
}

/** The theme in use, as chosen. */
export function useTheme(): Theme {
  return useSyncExternalStore(subscribe, read, () => 'system')
}
