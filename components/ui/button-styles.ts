import clsx from 'clsx'

export type ButtonVariant = 'primary' | 'secondary' | 'ghost' | 'link' | 'danger' | 'danger-quiet'
export type ButtonSize = 'sm' | 'md' | 'lg'

const VARIANTS: Record<ButtonVariant, string> = {
  primary: 'bg-accent text-accent-fg hover:bg-accent-strong',
  secondary: 'border border-line-strong bg-surface text-ink hover:bg-hover',
  ghost: 'text-ink-2 hover:bg-sunken hover:text-ink',
  // In a line of text or at the edge of a column: nothing around the words.
  link: '!px-0 text-accent-ink hover:underline',
  danger: 'bg-danger text-danger-fg hover:bg-danger-strong',
  'danger-quiet': 'border border-line-strong bg-surface text-danger-ink hover:bg-danger-tint',
}

const OFF: Record<ButtonVariant, string> = {
  primary: 'bg-sunken text-ink-3',
  secondary: 'border border-line bg-canvas text-ink-3',
  ghost: 'text-ink-3',
  link: '!px-0 text-ink-3',
  danger: 'bg-sunken text-ink-3',
  'danger-quiet': 'border border-line bg-canvas text-ink-3',
}

const SIZES: Record<ButtonSize, string> = {
  sm: 'h-7 gap-1.5 px-2.5 text-sm rounded-md',
  md: 'h-8 gap-2 px-3 text-base rounded-md',
  lg: 'h-10 gap-2 px-4 text-md rounded-lg',
}

type ButtonLook = {
  variant?: ButtonVariant
  size?: ButtonSize
  /** Square, for a lone icon. */
  isIcon?: boolean
  isOff?: boolean
}

/** The classes of a button, for links that look like one. */
export function buttonClass({ variant = 'secondary', size = 'md', isIcon, isOff }: ButtonLook = {}): string {
  return clsx(
    'inline-flex shrink-0 select-none items-center justify-center whitespace-nowrap font-medium transition-colors duration-100',
    SIZES[size],
    isIcon && 'aspect-square !px-0',
    isOff ? `cursor-not-allowed ${OFF[variant]}` : VARIANTS[variant],
  )
}
