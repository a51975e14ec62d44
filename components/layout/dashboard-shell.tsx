'use client'
import { usePathname, useRouter } from 'next/navigation'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import { useTranslations } from 'use-intl'
import { sameScreen } from '@/components/layout/same-screen'
import { UntrustedText } from '@/components/ui/untrusted-text'
import { useShortcuts } from '@/components/ui/use-shortcuts'
import type { Scope } from '@/lib/contracts/scope'
import { useRememberScope, useSession } from '@/lib/queries/use-session'
import { AccountMenu } from './account-menu'
import { AppFrame } from './app-frame'
import { LiveUpdates } from './live-updates'
import { BottomBar, TopBar } from './phone-bars'
import { ScopeButton } from './scope-button'
import { ScreenLinks } from './screen-links'
import { SessionNotice } from './session-notice'
import { SideNav } from './side-nav'
import { SignInAgain } from './sign-in-again'
import { TimeLeft } from './time-left'
import { useCurrentScope } from './use-current-scope'
import { useSessionClock } from './use-session-clock'
import { useSignOutFlow } from './use-sign-out-flow'
import { UserChip } from './user-chip'

// Rarely opened, so none of the first load. The one for signing in again is part of it: it opens when the server refuses.
const KeyboardHelp = lazy(() =>
  import('./keyboard-help').then((module) => ({ default: module.KeyboardHelp })),
)
const ProjectDialog = lazy(() =>
  import('./project-dialog').then((module) => ({ default: module.ProjectDialog })),
)
const SignOutDialog = lazy(() =>
  import('./sign-out-dialog').then((module) => ({ default: module.SignOutDialog })),
)

/** The frame round every screen: where one is, where one may go, who one is and for how long. */
export function DashboardShell({ children }: { children: ReactNode }) {
  const t = useTranslations('common.shell')
  const router = useRouter()
  const pathname = usePathname()
  const { data: session } = useSession()
  const { scope, choose } = useCurrentScope(session)
  const remember = useRememberScope()
  const clock = useSessionClock()
  const [open, setOpen] = useState<'help' | 'projects' | 'sign-in' | null>(null)
  const signOut = useSignOutFlow()
  const close = () => setOpen(null)

  useShortcuts({
    '?': () => {
      setOpen('help')
      return true
    },
    '/': () => focusSearch(),
  })

  const goTo = (next: Scope) => {
    close()
    remember.mutate(next)
    const address = sameScreen(pathname, next)
    if (address === null) choose(next)
    else router.push(address)
  }

  const switcher = <ScopeButton session={session} scope={scope} onClick={() => setOpen('projects')} />
  const menu = <AccountMenu onHelp={() => setOpen('help')} onSignOut={() => void signOut.start()} />
  const user = session?.user.name ?? ''

  return (
    <>
      <AppFrame
        skipLabel={t('skip')}
        side={
          <SideNav
            label={t('navigation')}
            top={switcher}
            groups={[{ key: 'screens', items: <ScreenLinks scope={scope} place="side" /> }]}
            footer={
              <UserChip
                initials={initialsOf(user)}
                name={<UntrustedText text={user} max={24} />}
                detail={<TimeLeft clock={clock} isReadOnly={session?.readOnly ?? false} />}
                action={menu}
              />
            }
          />
        }
        top={
          <TopBar>
            <div className="min-w-0 flex-1">{switcher}</div>
            {menu}
          </TopBar>
        }
        bottom={
          <BottomBar label={t('navigation')}>
            <ScreenLinks scope={scope} place="bottom" />
          </BottomBar>
        }
      >
        <SessionNotice clock={clock} scope={scope} onSignIn={() => setOpen('sign-in')} />
        {children}
      </AppFrame>
      <LiveUpdates />
      <Suspense>
        {open === 'help' && <KeyboardHelp isOpen onClose={close} />}
        {open === 'projects' && (
          <ProjectDialog isOpen onClose={close} session={session} scope={scope} onChoose={goTo} />
        )}
        {signOut.running !== null && (
          <SignOutDialog running={signOut.running} onClose={signOut.close} onLeave={signOut.leave} />
        )}
      </Suspense>
      <SignInAgain session={session} isAsked={open === 'sign-in'} onClose={close} />
    </>
  )
}

function initialsOf(name: string): string {
  const parts = name.split(/[^\p{L}\p{N}]+/u).filter(Boolean)
  const letters = parts.length > 1 ? parts.slice(0, 2).map((part) => part.slice(0, 1)) : [name.slice(0, 2)]
  return letters.join('').toUpperCase()
}

/** "/" leads to the first search field in view; without one the key passes. */
function focusSearch(): boolean {
  const fields = [...document.querySelectorAll<HTMLInputElement>('input[data-search]')]
  const field = fields.find((one) => one.checkVisibility())
  field?.focus()
  field?.select()
  return field !== undefined
}
