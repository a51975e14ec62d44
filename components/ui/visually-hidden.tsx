import type { ReactNode } from 'react'

type VisuallyHiddenProps = { children: ReactNode; id?: string; 'aria-live'?: 'polite' | 'off' }

/** Text for screen readers only. */
export function VisuallyHidden(props: VisuallyHiddenProps) {
  return <span className="sr-only" {...props} />
}
