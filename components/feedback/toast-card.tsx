'use client'

import clsx from 'clsx'
import { CircleAlert, CircleCheck, Info, X } from 'lucide-react'
import { useEffect, useState } from 'react'
import { buttonClass } from '@/components/ui/button-styles'
import { dismissToast, type Toast } from './toast-store'

const ICONS = { info: Info, success: CircleCheck, danger: CircleAlert }
const LASTS_MS = { plain: 6000, withAction: 12_000 }

/** One sentence in the corner, its act and the way to dismiss it. */
export function ToastCard({ toast, dismissLabel }: { toast: Toast; dismissLabel: string }) {
  const [isHeld, setHeld] = useState(false)
  const Icon = ICONS[toast.tone]

  // A timer, stopped while somebody reads or acts. Failures stay until they are dismissed.
  useEffect(() => {
    if (isHeld || toast.tone === 'danger') return
    const timer = setTimeout(
      () => dismissToast(toast.id),
      toast.action ? LASTS_MS.withAction : LASTS_MS.plain,
    )
    return () => clearTimeout(timer)
  }, [isHeld, toast])

  return (
    <li
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
      className="pointer-events-auto flex items-start gap-2 rounded-lg border border-line bg-raised py-1.5 pr-1.5 pl-3 shadow-float"
    >
      <Icon
        className={clsx(
          'mt-1.5 size-4 flex-none',
          toast.tone === 'danger' && 'text-danger-ink',
          toast.tone === 'success' && 'text-accepted-ink',
          toast.tone === 'info' && 'text-ink-3',
        )}
      />
      <div className="flex min-w-0 flex-1 flex-wrap items-center gap-x-3 py-1">
        <p className="min-w-0 break-words leading-5">{toast.message}</p>
        {!!toast.action && (
          <button
            type="button"
            onClick={() => {
              toast.action?.run()
              dismissToast(toast.id)
            }}
            className={clsx(buttonClass({ variant: 'link' }), '!h-6')}
          >
            {toast.action.label}
          </button>
        )}
      </div>
      <button
        type="button"
        aria-label={dismissLabel}
        title={dismissLabel}
        onClick={() => dismissToast(toast.id)}
        className={buttonClass({ variant: 'ghost', size: 'sm', isIcon: true })}
      >
        <X className="size-3.5" />
      </button>
    </li>
  )
}
