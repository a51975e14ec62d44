'use client'
import { Check, Ellipsis, Keyboard, LogOut, Monitor, Moon, Sun } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { Menu } from '@/components/ui/menu'
import { setTheme, themes, useTheme } from './theme'

const icons = { light: Sun, dark: Moon, system: Monitor }

interface AccountMenuProps {
  onHelp: () => void
  onSignOut: () => void
}

/** What belongs to the person and not to a project: theme, keyboard, the way out. */
export function AccountMenu({ onHelp, onSignOut }: AccountMenuProps) {
  const t = useTranslations('common.shell')
  const current = useTheme()
  return (
    <Menu
      label={t('menu')}
      isIcon
      trigger={<Ellipsis className="size-4" />}
      items={[
        ...themes.map((theme) => {
          const Icon = icons[theme]
          const isCurrent = theme === current
          return {
            id: theme,
            label: t(isCurrent ? 'themeInUse' : 'themeChoice', { theme: t(`themes.${theme}`) }),
            icon: isCurrent ? <Check /> : <Icon />,
            onSelect: () => setTheme(theme),
          }
        }),
        { id: 'help', label: t('help'), icon: <Keyboard />, onSelect: onHelp },
        { id: 'sign-out', label: t('signOut'), icon: <LogOut />, onSelect: onSignOut },
      ]}
    />
  )
}
