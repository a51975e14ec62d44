'use client'
import { Ban, Check, CircleAlert, CircleHelp, Hourglass, Pause, TriangleAlert, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { Badge, type BadgeTone } from '@/components/ui/badge'
import type { ActivityEntry, ActivityOutcome } from '@/lib/contracts/activity'

interface Look {
  tone: BadgeTone
  icon: ReactNode
}

const looks: Record<Exclude<ActivityOutcome, 'open'>, Look> = {
  succeeded: { tone: 'accent', icon: <Check /> },
  partly_failed: { tone: 'danger', icon: <CircleAlert /> },
  failed: { tone: 'danger', icon: <X /> },
  refused: { tone: 'danger', icon: <Ban /> },
  cancelled: { tone: 'neutral', icon: <Ban /> },
  unknown: { tone: 'pending', icon: <CircleHelp /> },
}

const openLooks: Record<NonNullable<ActivityEntry['openState']>, Look> = {
  under_way: { tone: 'neutral', icon: <Hourglass /> },
  paused: { tone: 'pending', icon: <Pause /> },
  unseen: { tone: 'pending', icon: <TriangleAlert /> },
}

/** How an act ended, or that nobody knows. */
export function OutcomeMark({ entry }: { entry: Pick<ActivityEntry, 'outcome' | 'openState'> }) {
  const t = useTranslations('activity')
  if (entry.outcome === 'open') {
    const state = entry.openState ?? 'unseen'
    return (
      <Badge {...openLooks[state]} className="self-start">
        {t(`openStates.${state}`)}
      </Badge>
    )
  }
  return (
    <Badge {...looks[entry.outcome]} className="self-start">
      {t(`outcomes.${entry.outcome}`)}
    </Badge>
  )
}
