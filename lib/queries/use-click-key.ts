'use client'
import { useCallback, useRef } from 'react'
import { newId } from '../util/new-id'

/**
 * An idempotency key per click: the same input keeps its key until `spent` is called, so that trying again after a
 * lost answer can't act twice; another input gets another key.
 */
export function useClickKey(): { keyFor: (input: unknown) => string; spent: () => void } {
  const last = useRef<{ input: string; key: string } | null>(null)
  const keyFor = useCallback((input: unknown) => {
    const text = JSON.stringify(input)
    if (last.current?.input !== text) last.current = { input: text, key: newId() }
    return last.current.key
  }, [])
  const spent = useCallback(() => {
    last.current = null
  }, [])
  return { keyFor, spent }
}
