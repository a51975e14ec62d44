'use client'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { IntlProvider, useTranslations } from 'use-intl'
import { ToastRegion } from '@/components/feedback/toast-region'
import type { Messages } from '@/lib/messages/messages'

/** What every page needs in the browser: words, one query cache, toasts. */
export function Providers({ words, children }: { words: Partial<Messages>; children: ReactNode }) {
  const [client] = useState(newQueryClient)
  return (
    <IntlProvider locale="en" timeZone="UTC" messages={words}>
      <QueryClientProvider client={client}>
        {children}
        <Toasts />
      </QueryClientProvider>
    </IntlProvider>
  )
}

function newQueryClient() {
  return new QueryClient({
    defaultOptions: {
      // Retries live in the server's cloud client; a second layer would multiply them.
      queries: { retry: false, staleTime: 30_000, refetchOnWindowFocus: false },
      mutations: { retry: false },
    },
  })
}

function Toasts() {
  const t = useTranslations('common.shell')
  return <ToastRegion label={t('notifications')} dismissLabel={t('dismiss')} />
}
