import type { Metadata, Viewport } from 'next'
import { cookies } from 'next/headers'
import { connection } from 'next/server'
import type { ReactNode } from 'react'
import { Providers } from '@/components/layout/providers'
import { english } from '@/lib/messages/messages'
import { mono, sans } from './fonts'
import './globals.css'

export const metadata: Metadata = {
  title: { default: 'Shareboard', template: '%s · Shareboard' },
  robots: { index: false, follow: false },
}

export const viewport: Viewport = { width: 'device-width', initialScale: 1 }

const themes: readonly string[] = ['light', 'dark']

export default async function RootLayout({ children }: { children: ReactNode }) {
  // Every page is rendered per request: only then can its scripts carry this request's nonce.
  await connection()
  const theme = (await cookies()).get('theme')?.value ?? ''
  return (
    <html
      lang="en"
      className={`${sans.variable} ${mono.variable} ${themes.includes(theme) ? theme : ''}`.trim()}
    >
      <body>
        <Providers words={{ common: english.common, errors: english.errors, pages: english.pages }}>
          {children}
        </Providers>
      </body>
    </html>
  )
}
