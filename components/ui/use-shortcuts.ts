'use client'

import { useEffect, useRef } from 'react'
import { areSingleKeysOn } from './single-keys'

/** Keys as `event.key` names them, with "mod+" for Ctrl or ⌘: "j", "/", "?", "mod+k". A handler may return false to let the key pass. */
export type Shortcuts = Record<string, (event: KeyboardEvent) => boolean | undefined>

const TYPING =
  'input:not([type=checkbox], [type=radio], [type=button]), textarea, select, [contenteditable], [role=menu], [role=grid]'

/**
 * Keys for the whole page. Silent while somebody types, while a dialog is open, and with `isEnabled` false
 * (single keys can be switched off). Keys with "mod+" work while typing too.
 */
export function useShortcuts(shortcuts: Shortcuts, isEnabled = true) {
  const latest = useRef(shortcuts)
  useEffect(() => {
    latest.current = shortcuts
  })
  // The document's key events; taken off again with the component.
  useEffect(() => {
    if (!isEnabled) return
    const handle = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || event.altKey) return
      const isMod = event.ctrlKey || event.metaKey
      const target = event.target instanceof Element ? event.target : null
      if (!isMod && target?.closest(TYPING)) return
      if (!isMod && event.key.length === 1 && !areSingleKeysOn()) return
      if (document.querySelector('dialog:modal')) return
      const shortcut = latest.current[isMod ? `mod+${event.key.toLowerCase()}` : event.key]
      if (shortcut && shortcut(event) !== false) event.preventDefault()
    }
    document.addEventListener('keydown', handle)
    return () => document.removeEventListener('keydown', handle)
  }, [isEnabled])
}
