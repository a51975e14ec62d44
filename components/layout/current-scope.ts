'use client'
import { createContext, useContext } from 'react'
import type { Scope } from '@/lib/contracts/scope'

/** Where the shell stands, for screens that are about all projects. */
export const CurrentScope = createContext<Scope | null>(null)

export const useScopeOfShell = (): Scope | null => useContext(CurrentScope)
