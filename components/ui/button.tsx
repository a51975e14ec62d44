'use client'

import clsx from 'clsx'
import { type ComponentProps, type MouseEvent, useId } from 'react'
import { type ButtonSize, type ButtonVariant, buttonClass } from './button-styles'
import { Spinner } from './spinner'
import { VisuallyHidden } from './visually-hidden'

export type ButtonProps = Omit<ComponentProps<'button'>, 'disabled'> & {
  variant?: ButtonVariant
  size?: ButtonSize
  /** Why it cannot be used now. Its presence is what disables; the button stays focusable so that the reason is found. */
  disabledReason?: string | null | false
  /** The act is under way: clicks are swallowed, a ring turns. */
  isPending?: boolean
  /** Square, for a lone icon; give aria-label. Prefer IconButton. */
  isIcon?: boolean
}

export function Button(props: ButtonProps) {
  const { variant, size, disabledReason, isPending, isIcon, className, children, onClick, ...rest } = props
  const reasonId = useId()
  const isOff = Boolean(disabledReason)
  const handleClick = (event: MouseEvent<HTMLButtonElement>) => {
    if (isOff || isPending) event.preventDefault()
    else onClick?.(event)
  }
  const content = isPending && isIcon ? null : children
  return (
    <>
      <button
        type="button"
        title={disabledReason || undefined}
        {...rest}
        onClick={handleClick}
        aria-disabled={isOff || isPending || undefined}
        aria-busy={isPending || undefined}
        aria-describedby={isOff ? reasonId : rest['aria-describedby']}
        className={clsx(buttonClass({ variant, size, isIcon, isOff }), className)}
      >
        {isPending ? <Spinner /> : null}
        {content}
      </button>
      {/* Outside of the button, or it would become part of its name. */}
      {isOff && <VisuallyHidden id={reasonId}>{disabledReason}</VisuallyHidden>}
    </>
  )
}
