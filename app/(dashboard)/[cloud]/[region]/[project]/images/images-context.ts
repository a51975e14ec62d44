'use client'
import { createContext, useContext } from 'react'
import type { MemberLimit } from '@/lib/contracts/images'
import type { Scope } from '@/lib/contracts/scope'

/** What every cell of the table needs besides its row. */
interface ImagesContextValue {
  scope: Scope
  memberLimit: MemberLimit
}

export const ImagesContext = createContext<ImagesContextValue | null>(null)

export function useImagesContext(): ImagesContextValue {
  const value = useContext(ImagesContext)
  if (!value) throw new Error('a cell of the images table was drawn outside of it')
  return value
}
