'use client'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import { useHydrated } from '@/components/ui/use-hydrated'
import { WaitOver } from './wait-over'

interface SubmitButtonProps {
  children: string
  isPending: boolean
  /** Seconds until the cloud, or we, take the next sign-in. */
  wait: number
}

export function SubmitButton({ children, isPending, wait }: SubmitButtonProps) {
  const t = useTranslations('common')
  const isReady = useHydrated()
  const waiting = wait > 0 ? t('waitFor', { seconds: wait }) : null
  return (
    <>
      <WaitOver wait={wait} />
      <Button
        // Until our code listens there is nothing to submit with: Enter and click do nothing.
        type={isReady ? 'submit' : 'button'}
        variant="primary"
        size="lg"
        isPending={isPending}
        disabledReason={waiting}
      >
        {waiting ?? children}
      </Button>
    </>
  )
}
