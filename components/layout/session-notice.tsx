'use client'
import { useQueryClient } from '@tanstack/react-query'
import { TriangleAlert } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import type { Scope } from '@/lib/contracts/scope'
import { session } from '@/lib/queries/session'
import { useRememberScope } from '@/lib/queries/use-session-acts'
import { formatDuration } from '@/lib/util/format-time'
import type { SessionClock } from '@/lib/util/session-clock'

interface SessionNoticeProps {
  clock: SessionClock
  scope: Scope | null
  onSignIn: () => void
}

/** Speaks up when less than five minutes are left, while there still is time to do something about it. */
export function SessionNotice({ clock, scope, onSignIn }: SessionNoticeProps) {
  const t = useTranslations('common.time')
  const client = useQueryClient()
  const remember = useRememberScope()
  const { state, leftMs } = clock

  // Any act counts as being there; this one changes nothing.
  const stay = () => {
    if (!scope) return
    remember.mutate(scope, {
      onSettled: () => client.invalidateQueries({ queryKey: session.current().queryKey }),
    })
  }

  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2 bg-pending-tint px-4 py-2 text-pending-ink md:px-6">
      <TriangleAlert className="size-4 flex-none" />
      <p className="min-w-0 flex-1 basis-64">
        {state === 'ended' && t('over')}
        {state === 'ending' && t('soon', { duration: formatDuration(leftMs) })}
        {state === 'idle' && t('idle', { duration: formatDuration(leftMs) })}
      </p>
      {state === 'idle' && scope ? (
        <Button size="sm" isPending={remember.isPending} onClick={stay}>
          {t('stay')}
        </Button>
      ) : (
        <Button size="sm" onClick={onSignIn}>
          {t('renew')}
        </Button>
      )}
    </div>
  )
}
