'use client'
import { useTranslations } from 'use-intl'
import { UntrustedText } from '@/components/ui/untrusted-text'
import { VisuallyHidden } from '@/components/ui/visually-hidden'
import type { Scope } from '@/lib/contracts/scope'
import type { SessionView } from '@/lib/contracts/session'
import { shortId } from '@/lib/util/format-id'
import { SwitcherButton } from './switcher-button'

interface ScopeButtonProps {
  session: SessionView | undefined
  scope: Scope | null
  onClick: () => void
}

/** Where one stands, and the way to stand elsewhere. */
export function ScopeButton({ session, scope, onClick }: ScopeButtonProps) {
  const t = useTranslations('common.switcher')
  const project = session?.projects.find(({ id }) => id === scope?.project)
  // A credential's session, say: there is nowhere else to go.
  const isFixed =
    !!session && !session.canRescope && session.projects.length === 1 && session.regions.length <= 1
  const name = project?.name ?? (scope ? shortId(scope.project) : t('none'))
  return (
    <SwitcherButton
      name={
        <>
          <VisuallyHidden>{t('label')} </VisuallyHidden>
          <UntrustedText text={name} max={40} />
        </>
      }
      detail={scope && t('where', { region: scope.region, cloud: session?.cloudLabel ?? scope.cloud })}
      onClick={isFixed ? undefined : onClick}
    />
  )
}
