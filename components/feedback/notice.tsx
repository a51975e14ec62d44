import clsx from 'clsx'
import { CircleAlert, Info, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'

const TONES = {
  info: { box: 'bg-sunken text-ink-2', icon: Info },
  warning: { box: 'bg-pending-tint text-pending-ink', icon: TriangleAlert },
  danger: { box: 'bg-danger-tint text-danger-ink', icon: CircleAlert },
}

type NoticeProps = {
  tone?: keyof typeof TONES
  title?: ReactNode
  children?: ReactNode
  /** Buttons or links, at the end. */
  actions?: ReactNode
  className?: string
}

/** A panel that explains, warns or says what failed. A failure is announced when it appears. */
export function Notice({ tone = 'info', title, children, actions, className }: NoticeProps) {
  const { box, icon: Icon } = TONES[tone]
  return (
    <div
      role={tone === 'danger' ? 'alert' : undefined}
      className={clsx('flex gap-2.5 rounded-lg px-3 py-2.5', box, className)}
    >
      <Icon className="mt-0.5 size-4 flex-none" />
      <div className="flex min-w-0 flex-1 flex-col gap-1 break-words">
        {!!title && <p className="font-semibold">{title}</p>}
        {!!children && <div>{children}</div>}
        {!!actions && <div className="mt-1 flex flex-wrap gap-2">{actions}</div>}
      </div>
    </div>
  )
}
