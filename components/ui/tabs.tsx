'use client'

import { type KeyboardEvent, type ReactNode, useRef } from 'react'
import { TabContent } from './tab-content'
import { TAB_LIST_CLASS, tabClass } from './tab-styles'

type TabItem<Id extends string> = { id: Id; label: string; count?: ReactNode }

type TabsProps<Id extends string> = {
  label: string
  items: readonly TabItem<Id>[]
  selected: Id
  onSelect: (id: Id) => void
  /** Id of the element that shows the selected tab. */
  panelId: string
}

/** Tabs within a page, one tab stop, arrow keys select. */
export function Tabs<Id extends string>({ label, items, selected, onSelect, panelId }: TabsProps<Id>) {
  const listRef = useRef<HTMLDivElement>(null)

  const handleKeyDown = (event: KeyboardEvent) => {
    const at = items.findIndex((item) => item.id === selected)
    const last = items.length - 1
    const targets: Record<string, number> = {
      ArrowRight: at === last ? 0 : at + 1,
      ArrowLeft: at <= 0 ? last : at - 1,
      Home: 0,
      End: last,
    }
    const target = targets[event.key]
    const item = target === undefined ? undefined : items[target]
    if (target === undefined || !item) return
    event.preventDefault()
    onSelect(item.id)
    listRef.current?.querySelectorAll<HTMLElement>('[role=tab]')[target]?.focus()
  }

  return (
    <div ref={listRef} role="tablist" aria-label={label} onKeyDown={handleKeyDown} className={TAB_LIST_CLASS}>
      {items.map((item) => (
        <button
          key={item.id}
          type="button"
          role="tab"
          aria-selected={item.id === selected}
          aria-controls={panelId}
          tabIndex={item.id === selected ? 0 : -1}
          onClick={() => onSelect(item.id)}
          className={tabClass(item.id === selected)}
        >
          <TabContent label={item.label} count={item.count} />
        </button>
      ))}
    </div>
  )
}
