'use client'

import type { ReactNode } from 'react'
import { Button, type ButtonProps } from './button'

type IconButtonProps = Omit<ButtonProps, 'children' | 'isIcon' | 'aria-label'> & {
  /** What it does, in words: the accessible name and the title. */
  label: string
  children: ReactNode
}

/** A square button with an icon and no visible words. */
export function IconButton({ label, variant = 'ghost', disabledReason, ...rest }: IconButtonProps) {
  return (
    <Button
      {...rest}
      isIcon
      variant={variant}
      disabledReason={disabledReason}
      aria-label={label}
      title={disabledReason || label}
    />
  )
}
