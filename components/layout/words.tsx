'use client'
import type { ReactNode } from 'react'
import { IntlProvider, useMessages } from 'use-intl'
import type { Messages } from '@/lib/messages/messages'

/** Adds a route's own words to the ones its layout brought. */
export function Words({ words, children }: { words: Partial<Messages>; children: ReactNode }) {
  const outer = useMessages()
  return (
    <IntlProvider locale="en" timeZone="UTC" messages={{ ...outer, ...words }}>
      {children}
    </IntlProvider>
  )
}
