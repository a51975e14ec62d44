'use client'
import { Ban, CircleHelp, TriangleAlert } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { Badge } from '@/components/ui/badge'
import type { ProjectStanding } from '@/lib/contracts/audits'

const looks = {
  gone: { tone: 'danger', icon: <TriangleAlert /> },
  disabled: { tone: 'neutral', icon: <Ban /> },
  odd: { tone: 'danger', icon: <CircleHelp /> },
} as const

/** What is unusual about a project, as the identity service says; nothing for one that is there. */
export function StandingBadge({ standing }: { standing: ProjectStanding | undefined }) {
  const t = useTranslations('audit.standing')
  if (standing !== 'gone' && standing !== 'disabled' && standing !== 'odd') return null
  const { tone, icon } = looks[standing]
  return (
    <Badge tone={tone} icon={icon} className="flex-none">
      {t(standing)}
    </Badge>
  )
}
