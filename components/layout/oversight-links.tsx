'use client'
import type { Scope } from '@/lib/contracts/scope'
import { NavItem } from './nav-item'
import { ScreenLink } from './screen-link'
import { useOversightScreens } from './use-oversight-screens'

/** The ways to the screens of oversight, in the side navigation. */
export function OversightLinks({ scope }: { scope: Scope | null }) {
  return useOversightScreens(scope).map(({ key, ...screen }) => (
    <NavItem key={key} link={ScreenLink} {...screen} />
  ))
}
