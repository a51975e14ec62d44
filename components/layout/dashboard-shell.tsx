'use client'
import { usePathname, useRouter } from 'next/navigation'
import { type ReactNode, Suspense, useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'
import { sameScreen } from '@/components/layout/same-screen'
import { fetchLaterParts, later } from '@/components/ui/later'
import { UntrustedText } from '@/components/ui/untrusted-text'
import { useHydrated } from '@/components/ui/use-hydrated'
import { useShortcuts } from '@/components/ui/use-shortcuts'
import type { Scope } from '@/lib/contracts/scope'
import { useReadOnly, useSession } from '@/lib/queries/use-session'
import { AppFrame } from './app-frame'
import { CurrentScope } from './current-scope'
import { OversightLinks } from './oversight-links'
import { BottomBar, TopBar } from './phone-bars'
import { ReadOnlyBadge } from './read-only-badge'
import { ScopeButton } from './scope-button'
import { ScreenLinks } from './screen-links'
import { SideNav } from './side-nav'
import { TimeLeft } from './time-left'
import { useCurrentScope } from './use-current-scope'
import { useLearnRights } from './use-learn-rights'
import { useRememberVisit } from './use-remember-visit'
import { useSessionClock } from './use-session-clock'
import { useSignOutFlow } from './use-sign-out-flow'
import { UserChip } from './user-chip'

const AccountMenu = later(async () => ({ default: (await import('./account-menu')).AccountMenu }))
const LiveUpdates = later(async () => ({ default: (await import('./live-updates')).LiveUpdates }))
const MoreScreens = later(async () => ({ default: (await import('./more-screens')).MoreScreens }))
const SessionNotice = later(async () => ({ default: (await import('./session-notice')).SessionNotice }))
const KeyboardHelp = later(async () => ({ default: (await import('./keyboard-help')).KeyboardHelp }))
const ProjectDialog = later(async () => ({ default: (await import('./project-dialog')).ProjectDialog }))
const SignOutDialog = later(async () => ({ default: (await import('./sign-out-dialog')).SignOutDialog }))
const SignInAgain = later(async () => ({ default: (await import('./sign-in-again')).SignInAgain }))

/** The frame round every screen: where one is, where one may go, who one is and for how long. */
export function DashboardShell({ children }: { children: ReactNode }) {
  const t = useTranslations('common.shell')
  const router = useRouter()
  const pathname = usePathname()
  const { data: session } = useSession()
  const { scope, choose } = useCurrentScope(session)
  useRememberVisit(session, scope)
  useLearnRights(session, scope)
  const isReadOnly = useReadOnly(scope?.project)
  const clock = useSessionClock()
  const [open, setOpen] = useState<'help' | 'projects' | 'sign-in' | null>(null)
  const signOut = useSignOutFlow()
  const close = () => setOpen(null)
  const isHydrated = useHydrated()

  // The network, once the screen at this address is there.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another screen has other parts.
  useEffect(fetchLaterParts, [pathname])

  useShortcuts({
    '?': () => {
      setOpen('help')
      return true
    },
    '/': () => focusSearch(),
  })

  const goTo = (next: Scope) => {
    close()
    const address = sameScreen(pathname, next, window.location.search)
    if (address === null) choose(next)
    else router.push(address)
  }

  const switcher = <ScopeButton session={session} scope={scope} onClick={() => setOpen('projects')} />
  const menu = (
    <Suspense fallback={<span className="size-8 flex-none" />}>
      <AccountMenu onHelp={() => setOpen('help')} onSignOut={() => void signOut.start()} />
    </Suspense>
  )
  const user = session?.user.name ?? ''
  const isNoticeDue = isHydrated && clock.state !== 'calm' && clock.state !== 'unknown'

  return (
    <>
      <AppFrame
        skipLabel={t('skip')}
        side={
          <SideNav
            label={t('navigation')}
            top={switcher}
            groups={[
              { key: 'screens', items: <ScreenLinks scope={scope} place="side" /> },
              { key: 'oversight', label: t('oversight'), items: <OversightLinks scope={scope} /> },
            ]}
            footer={
              <>
                {!!isReadOnly && (
                  <ReadOnlyBadge isByChoice={session?.isReadOnlyByChoice ?? false} className="mb-2" />
                )}
                <UserChip
                  initials={initialsOf(user)}
                  name={<UntrustedText text={user} max={24} />}
                  detail={<TimeLeft clock={clock} />}
                  action={menu}
                />
              </>
            }
          />
        }
        top={
          <TopBar>
            <div className="min-w-0 flex-1">{switcher}</div>
            {!!isReadOnly && <ReadOnlyBadge isByChoice={session?.isReadOnlyByChoice ?? false} />}
            {menu}
          </TopBar>
        }
        bottom={
          <BottomBar label={t('navigation')}>
            <ScreenLinks scope={scope} place="bottom" />
            <li className="flex-1">
              <Suspense>
                <MoreScreens scope={scope} />
              </Suspense>
            </li>
          </BottomBar>
        }
      >
        {/* Always there, so that what comes into it is announced. */}
        <div role="status">
          {!!isNoticeDue && (
            <Suspense>
              <SessionNotice clock={clock} scope={scope} onSignIn={() => setOpen('sign-in')} />
            </Suspense>
          )}
        </div>
        <CurrentScope value={scope}>{children}</CurrentScope>
      </AppFrame>
      <Suspense>
        <LiveUpdates />
      </Suspense>
      <Suspense>
        {open === 'help' && <KeyboardHelp isOpen isReadOnly={isReadOnly} onClose={close} />}
        {open === 'projects' && (
          <ProjectDialog isOpen onClose={close} session={session} scope={scope} onChoose={goTo} />
        )}
        {signOut.running !== null && (
          <SignOutDialog running={signOut.running} onClose={signOut.close} onLeave={signOut.leave} />
        )}
        {isHydrated && <SignInAgain session={session} isAsked={open === 'sign-in'} onClose={close} />}
      </Suspense>
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
