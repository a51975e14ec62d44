'use client'

import { Suspense } from 'react'
import { later } from '@/components/ui/later'
import { useToasts } from './toast-store'

const ToastCard = later(async () => ({ default: (await import('./toast-card')).ToastCard }))

/**
 * Once per page. The list is always there, so that what is put into it is announced, politely. It stands over the
 * lists and not over the panel at the right, where the next decision is made; above the tray while there is one.
 */
export function ToastRegion({ label, dismissLabel }: { label: string; dismissLabel: string }) {
  const toasts = useToasts()
  return (
    <section
      aria-label={label}
      className="pointer-events-none fixed bottom-4 left-4 z-50 w-100 max-w-[calc(100vw-2rem)] max-md:bottom-20 md:left-60 md:[body:has([data-tray])_&]:bottom-20 max-md:[body:has([data-tray])_&]:bottom-34"
    >
      <ul aria-live="polite" aria-relevant="additions" className="flex flex-col gap-2">
        <Suspense>
          {toasts.map((toast) => (
            <ToastCard key={toast.id} toast={toast} dismissLabel={dismissLabel} />
          ))}
        </Suspense>
      </ul>
    </section>
  )
}
