'use client'

import clsx from 'clsx'
import { type KeyboardEvent, type ReactNode, type ToggleEvent, useId, useRef, useState } from 'react'
import { type ButtonSize, type ButtonVariant, buttonClass } from './button-styles'

type MenuItem = {
  id: string
  label: string
  icon?: ReactNode
  isDanger?: boolean
  /** Its presence disables, and it is shown below the label. */
  disabledReason?: string | null
  onSelect: () => void
}

type MenuProps = {
  /** The button's accessible name when `trigger` has no words. */
  label: string
  trigger: ReactNode
  items: readonly MenuItem[]
  variant?: ButtonVariant
  size?: ButtonSize
  isIcon?: boolean
  className?: string
}

/*
 * The popover stands under its button, or over it where there is no room below. Positions go through the CSSOM,
 * which the style policy lets pass; before it opens its size is unknown, so it hangs from its right edge.
 */
function hang(popover: HTMLElement, button: HTMLElement) {
  const anchor = button.getBoundingClientRect()
  popover.style.top = `${anchor.bottom + 4}px`
  popover.style.right = `${Math.max(8, document.documentElement.clientWidth - anchor.right)}px`
}

function keepInWindow(popover: HTMLElement, button: HTMLElement) {
  const box = popover.getBoundingClientRect()
  if (box.bottom > window.innerHeight - 8) {
    popover.style.top = `${Math.max(8, button.getBoundingClientRect().top - box.height - 4)}px`
  }
  if (box.left < 8)
    popover.style.right = `${Math.max(8, document.documentElement.clientWidth - 8 - box.width)}px`
}

/** A button with a list of acts, on the native popover: Escape, outside click and focus return come from the browser. */
export function Menu({ label, trigger, items, variant = 'ghost', size, isIcon, className }: MenuProps) {
  const menuId = useId()
  const buttonRef = useRef<HTMLButtonElement>(null)
  const menuRef = useRef<HTMLDivElement>(null)
  const [isOpen, setOpen] = useState(false)

  const entries = () => [...(menuRef.current?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])]

  const handleBeforeToggle = (event: ToggleEvent<HTMLDivElement>) => {
    if (event.newState === 'open' && buttonRef.current) hang(event.currentTarget, buttonRef.current)
  }

  const handleToggle = (event: ToggleEvent<HTMLDivElement>) => {
    const isNowOpen = event.newState === 'open'
    setOpen(isNowOpen)
    if (!isNowOpen || !menuRef.current || !buttonRef.current) return
    keepInWindow(menuRef.current, buttonRef.current)
    entries()[0]?.focus()
  }

  const handleKeyDown = (event: KeyboardEvent) => {
    const list = entries()
    const at = list.indexOf(document.activeElement as HTMLElement)
    const targets: Record<string, number> = {
      ArrowDown: (at + 1) % list.length,
      ArrowUp: (at - 1 + list.length) % list.length,
      Home: 0,
      End: list.length - 1,
    }
    const target = targets[event.key]
    if (target !== undefined) {
      event.preventDefault()
      list[target]?.focus()
    } else if (event.key === 'Tab') {
      menuRef.current?.hidePopover()
    }
    event.stopPropagation()
  }

  return (
    <>
      <button
        ref={buttonRef}
        type="button"
        popoverTarget={menuId}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-label={isIcon ? label : undefined}
        title={isIcon ? label : undefined}
        onClick={(event) => event.stopPropagation()}
        className={clsx(buttonClass({ variant, size, isIcon }), className)}
      >
        {trigger}
      </button>
      <div
        ref={menuRef}
        id={menuId}
        popover="auto"
        role="menu"
        aria-label={label}
        tabIndex={-1}
        onBeforeToggle={handleBeforeToggle}
        onToggle={handleToggle}
        onKeyDown={handleKeyDown}
        className="inset-auto m-0 min-w-44 max-w-80 rounded-lg border border-line bg-raised p-1 text-ink shadow-float"
      >
        {items.map((item) => (
          <button
            key={item.id}
            type="button"
            role="menuitem"
            tabIndex={-1}
            aria-disabled={item.disabledReason ? true : undefined}
            onClick={(event) => {
              event.stopPropagation()
              if (item.disabledReason) return
              menuRef.current?.hidePopover()
              item.onSelect()
            }}
            className={clsx(
              'flex w-full items-start gap-2 rounded-md px-2.5 py-1.5 text-left -outline-offset-2 max-md:py-2.5 [&>svg]:mt-0.5 [&>svg]:size-4 [&>svg]:flex-none',
              item.disabledReason ? 'text-ink-3' : 'hover:bg-hover focus-visible:bg-hover',
              item.isDanger && !item.disabledReason && 'text-danger-ink',
            )}
          >
            {item.icon}
            <span className="min-w-0">
              {item.label}
              {!!item.disabledReason && <span className="block text-sm">{item.disabledReason}</span>}
            </span>
          </button>
        ))}
      </div>
    </>
  )
}
