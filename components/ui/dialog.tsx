'use client'

import clsx from 'clsx'
import { X } from 'lucide-react'
import { type MouseEvent, type ReactNode, useId, useLayoutEffect, useRef } from 'react'
import { IconButton } from './icon-button'

export type DialogProps = {
  isOpen: boolean
  /** Asked for by Escape, the close button or a click outside; the caller then sets isOpen. */
  onClose: () => void
  title: ReactNode
  closeLabel: string
  children: ReactNode
  /** Buttons, at the end. */
  footer?: ReactNode
  /** A click on the backdrop closes. Leave off where input would be lost. */
  isLightDismiss?: boolean
  width?: 'sm' | 'md' | 'lg'
  role?: 'dialog' | 'alertdialog'
}

const FIELDS = 'textarea, input:not([hidden], [type=checkbox], [type=radio])'

const WIDTHS = { sm: 'w-[26rem]', md: 'w-[34rem]', lg: 'w-[52rem]' }

/** A modal native dialog. Its content exists only while it is open, so state inside starts anew. */
export function Dialog(props: DialogProps) {
  const { isOpen, onClose, title, closeLabel, children, footer, isLightDismiss, width = 'sm', role } = props
  const ref = useRef<HTMLDialogElement>(null)
  const titleId = useId()

  // The dialog element's open state lives in the DOM. Closing before it is removed hands the focus back.
  useLayoutEffect(() => {
    const dialog = ref.current
    if (!isOpen || !dialog) return
    dialog.showModal()
    // The browser picks the close button. Where there is a field, people came to type; a finger opens the keyboard itself.
    if (window.matchMedia('(pointer: fine)').matches) dialog.querySelector<HTMLElement>(FIELDS)?.focus()
    return () => dialog.close()
  }, [isOpen])

  const handleClick = (event: MouseEvent<HTMLDialogElement>) => {
    if (isLightDismiss && event.target === event.currentTarget) onClose()
  }

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the click is the backdrop's; the keyboard has Escape.
    <dialog
      ref={ref}
      role={role}
      aria-labelledby={titleId}
      onClick={handleClick}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      className={clsx(
        'm-auto max-h-[calc(100dvh-2rem)] max-w-[calc(100vw-2rem)] overflow-hidden rounded-xl border border-line bg-raised p-0 text-ink shadow-float open:flex open:flex-col',
        WIDTHS[width],
      )}
    >
      {!!isOpen && (
        <>
          <header className="flex items-start gap-3 px-5 pt-4 pb-2">
            <h2 id={titleId} className="min-w-0 flex-1 break-words py-0.5 text-lg">
              {title}
            </h2>
            <IconButton label={closeLabel} size="sm" onClick={onClose} className="-mr-1.5">
              <X className="size-4" />
            </IconButton>
          </header>
          <div className="min-h-0 flex-1 overflow-y-auto px-5 pt-1 pb-5 text-ink-2">{children}</div>
          {!!footer && (
            <footer className="flex flex-wrap justify-end gap-2 border-line border-t bg-canvas px-5 py-3">
              {footer}
            </footer>
          )}
        </>
      )}
    </dialog>
  )
}
