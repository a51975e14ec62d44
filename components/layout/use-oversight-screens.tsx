'use client'
import { Cloud, History, ScanSearch } from 'lucide-react'
import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import type { Scope } from '@/lib/contracts/scope'
import { paths } from '@/lib/paths'

interface Screen {
  key: 'audit' | 'activity' | 'clouds'
  href: string
  icon: ReactNode
  label: string
  isCurrent: boolean
}

/** The screens for looking at what is shared, what was done, and what the clouds can do. */
export function useOversightScreens(scope: Scope | null): Screen[] {
  const t = useTranslations('common.shell')
  const pathname = usePathname()
  const screen = (key: Screen['key'], href: string, icon: ReactNode): Screen => ({
    key,
    href,
    icon,
    label: t(key),
    isCurrent: pathname === `/${key}`,
  })
  return [
    screen('audit', paths.audit(scope ?? undefined), <ScanSearch />),
    screen('activity', paths.activity(), <History />),
    screen('clouds', paths.clouds(), <Cloud />),
  ]
}
