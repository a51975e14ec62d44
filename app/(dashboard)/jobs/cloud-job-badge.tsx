'use client'
import { Check, CircleHelp, Hourglass, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { Badge, type BadgeTone } from '@/components/ui/badge'
import { Spinner } from '@/components/ui/spinner'
import type { UpstreamJobView } from '@/lib/contracts/jobs'

const looks: Record<UpstreamJobView['state'], { tone: BadgeTone; icon: ReactNode }> = {
  starting: { tone: 'neutral', icon: <Spinner /> },
  running: { tone: 'accent', icon: <Spinner /> },
  succeeded: { tone: 'accent', icon: <Check /> },
  failed: { tone: 'danger', icon: <X /> },
  unreadable: { tone: 'neutral', icon: <CircleHelp /> },
  timed_out: { tone: 'neutral', icon: <Hourglass /> },
}

/** Where one of the cloud's jobs stands, as the cloud says. */
export function CloudJobBadge({ state }: { state: UpstreamJobView['state'] }) {
  const t = useTranslations('cloudJob.states')
  const { tone, icon } = looks[state]
  return (
    <Badge tone={tone} icon={icon}>
      {t(state)}
    </Badge>
  )
}
