'use client'
import clsx from 'clsx'
import { Ellipsis } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'use-intl'
import { Menu } from '@/components/ui/menu'
import type { Scope } from '@/lib/contracts/scope'
import { useOversightScreens } from './use-oversight-screens'

/** The screens a phone's bar has no room for. */
export function MoreScreens({ scope }: { scope: Scope | null }) {
  const t = useTranslations('common.shell')
  const router = useRouter()
  const screens = useOversightScreens(scope)
  return (
    <Menu
      label={t('more')}
      trigger={
        <>
          <Ellipsis className="size-5" />
          {t('more')}
        </>
      }
      className={clsx(
        '!h-16 !flex-col !gap-1 !px-0 !text-xs w-full',
        screens.some(({ isCurrent }) => isCurrent) ? '!font-semibold !text-accent-ink' : '!font-normal',
      )}
      items={screens.map(({ key, href, label, icon }) => ({
        id: key,
        label,
        icon,
        onSelect: () => router.push(href),
      }))}
    />
  )
}
