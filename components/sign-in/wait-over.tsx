'use client'
import { useState } from 'react'
import { useTranslations } from 'use-intl'

/** Says once, for those who don't see the button count down, that the wait has ended. */
export function WaitOver({ wait }: { wait: number }) {
  const t = useTranslations('common')
  const [hasWaited, setWaited] = useState(false)
  if (wait > 0 && !hasWaited) setWaited(true)
  return (
    // Out of the flow, so that it makes no gap in the form.
    <span role="status" className="sr-only">
      {!!hasWaited && wait === 0 && t('waitOver')}
    </span>
  )
}
