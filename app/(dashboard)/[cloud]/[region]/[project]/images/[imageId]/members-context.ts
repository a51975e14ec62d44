'use client'
import { createContext, useContext } from 'react'
import type { Member } from '@/lib/contracts/images'

export type MemberAct = 'stop' | 'offer'

/** What a row of the members table needs to act. */
interface MembersContextValue {
  act: (kind: MemberAct, members: readonly Member[]) => void
  /** Nothing can be changed: no act is offered. */
  isReadOnly: boolean
}

export const MembersContext = createContext<MembersContextValue | null>(null)

export function useMembersContext(): MembersContextValue {
  const value = useContext(MembersContext)
  if (!value) throw new Error('a cell of the members table was drawn outside of it')
  return value
}
