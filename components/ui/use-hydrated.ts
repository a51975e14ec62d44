'use client'
import { useSyncExternalStore } from 'react'

const never = () => () => {}

/** False in server HTML and until our code listens; true from then on. */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
}
