'use client'
import { createContext, useContext } from 'react'
import type { ActivityEntry } from '@/lib/contracts/activity'

const OpenContext = createContext<(entry: ActivityEntry) => void>(() => {})

export const OpenEntryProvider = OpenContext.Provider

/** Shows what is stored of an act. */
export const useOpenEntry = () => useContext(OpenContext)
