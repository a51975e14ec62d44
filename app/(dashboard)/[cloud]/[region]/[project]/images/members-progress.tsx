'use client'
import { useTranslations } from 'use-intl'
import { FailureText } from '@/components/feedback/failure-text'
import { Notice } from '@/components/feedback/notice'
import { Button } from '@/components/ui/button'
import { Progress } from '@/components/ui/progress'
import type { SweepState } from '@/lib/queries/members-sweep'

interface MembersProgressProps extends SweepState {
  read: number
  total: number
  stop: () => void
  resume: () => void
}

/** How far the background read of members is, and how to end it or take it up again. */
export function MembersProgress({ phase, error, read, total, stop, resume }: MembersProgressProps) {
  const t = useTranslations('images.sweep')
  if (phase === 'idle' || phase === 'done') return null
  if (phase === 'failed') {
    return (
      <Notice
        tone="warning"
        title={t('failed')}
        actions={
          <Button size="sm" onClick={resume}>
            {t('resume')}
          </Button>
        }
      >
        <FailureText error={error} />
      </Notice>
    )
  }
  const isRunning = phase === 'running'
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-ink-2 text-sm">
      <Progress label={t('label')} value={read} max={Math.max(1, total)} className="!w-32" />
      {/* Not announced at every step: the bar can be asked. */}
      <span>{t(isRunning ? 'progress' : 'stopped', { read, total })}</span>
      <Button size="sm" variant="link" onClick={isRunning ? stop : resume}>
        {t(isRunning ? 'stop' : 'resume')}
      </Button>
    </div>
  )
}
