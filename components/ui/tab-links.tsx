import type { ElementType, ReactNode } from 'react'
import { TabContent } from './tab-content'
import { TAB_LIST_CLASS, tabClass } from './tab-styles'

export type TabLinkItem = { id: string; label: string; href: string; count?: ReactNode }

type TabLinksProps = {
  label: string
  items: readonly TabLinkItem[]
  current: string
  /** The router's link; a plain one without it. */
  link?: ElementType
}

/** Tabs whose state is in the URL: a row of links. */
export function TabLinks({ label, items, current, link: Link = 'a' }: TabLinksProps) {
  return (
    <nav aria-label={label} className={TAB_LIST_CLASS}>
      {items.map((item) => (
        <Link
          key={item.id}
          href={item.href}
          aria-current={item.id === current ? 'page' : undefined}
          className={tabClass(item.id === current)}
        >
          <TabContent label={item.label} count={item.count} />
        </Link>
      ))}
    </nav>
  )
}
