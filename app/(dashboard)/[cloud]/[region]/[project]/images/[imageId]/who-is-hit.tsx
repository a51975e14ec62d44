'use client'
import { useTranslations } from 'use-intl'
import { StatusBadge } from '@/components/ui/state-badge'
import { UntrustedText } from '@/components/ui/untrusted-text'
import type { Member } from '@/lib/contracts/images'

const shownMembers = 8

interface WhoIsHitProps {
  members: readonly Member[]
  moreWords: (count: number) => string
}

/** The members an act touches, by name and id, with what they answered. */
export function WhoIsHit({ members, moreWords }: WhoIsHitProps) {
  const t = useTranslations('common.status')
  const rest = members.length - shownMembers
  return (
    <ul className="flex flex-col gap-1.5 rounded-lg border border-line bg-canvas px-3 py-2 max-md:px-2">
      {members.slice(0, shownMembers).map(({ project, projectName, status }) => (
        <li key={project} className="flex flex-wrap items-center gap-x-1.5">
          {projectName === null ? null : (
            <UntrustedText text={projectName} className="font-semibold text-ink" />
          )}
          <UntrustedText text={project} max={64} className="font-mono text-xs" />
          <span className="ml-auto">
            <StatusBadge status={status} label={t(status)} />
          </span>
        </li>
      ))}
      {rest > 0 && <li>{moreWords(rest)}</li>}
    </ul>
  )
}
