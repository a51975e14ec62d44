import clsx from 'clsx'
import type { ElementType, ReactNode } from 'react'

type NavItemProps = {
  href: string
  icon: ReactNode
  label: string
  isCurrent: boolean
  /** A plain number, or a CountBadge where it asks for something. */
  count?: ReactNode
  /** The router's link; a plain one without it. */
  link?: ElementType
}

/** One screen in the side navigation. */
export function NavItem({ href, icon, label, isCurrent, count, link: Link = 'a' }: NavItemProps) {
  return (
    <li>
      <Link
        href={href}
        aria-current={isCurrent ? 'page' : undefined}
        className={clsx(
          'relative flex h-8 items-center gap-2.5 rounded-md px-2.5 -outline-offset-2 transition-colors [&>svg]:size-4 [&>svg]:flex-none',
          isCurrent
            ? 'bg-sunken font-semibold text-ink'
            : 'font-medium text-ink-2 hover:bg-hover hover:text-ink',
        )}
      >
        {icon}
        <span className="min-w-0 flex-1 truncate">{label}</span>
        {count !== undefined && <span className="flex-none font-normal text-ink-3 text-sm">{count}</span>}
      </Link>
    </li>
  )
}

/** One screen in the phone's bottom bar. */
export function BottomBarItem({ href, icon, label, isCurrent, count, link: Link = 'a' }: NavItemProps) {
  return (
    <li className="flex-1">
      <Link
        href={href}
        aria-current={isCurrent ? 'page' : undefined}
        className={clsx(
          'relative flex h-16 flex-col items-center justify-center gap-1 text-xs -outline-offset-2 [&>svg]:size-5',
          isCurrent ? 'font-semibold text-accent-ink' : 'text-ink-2',
        )}
      >
        {icon}
        {label}
        {count !== undefined && <span className="absolute top-1.5 left-1/2 ml-2">{count}</span>}
      </Link>
    </li>
  )
}
