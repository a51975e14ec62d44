'use client'
import { useId, useState } from 'react'
import { useTranslations } from 'use-intl'
import { ConfirmDialog } from '@/components/feedback/confirm-dialog'

interface SignOutDialogProps {
  /** How many jobs and audits of this person run; null while there is nothing to ask. */
  running: number | null
  onClose: () => void
  onLeave: (runningJobs: 'pause' | 'finish') => Promise<string | null>
}

/** What shall become of what still runs. */
export function SignOutDialog({ running, onClose, onLeave }: SignOutDialogProps) {
  const t = useTranslations('common.signOut')
  const name = useId()
  const [choice, setChoice] = useState<'pause' | 'finish'>('pause')
  return (
    <ConfirmDialog
      isOpen={running !== null}
      onClose={onClose}
      title={t('title')}
      confirmLabel={t('confirm')}
      failedText={t('failed')}
      onConfirm={() => onLeave(choice)}
    >
      <p>{t('body', { count: running ?? 0 })}</p>
      <fieldset className="flex flex-col gap-2">
        <legend className="sr-only">{t('choice')}</legend>
        {(['pause', 'finish'] as const).map((option) => (
          <label key={option} className="flex items-start gap-2.5 rounded-lg border border-line px-3 py-2.5">
            <input
              type="radio"
              name={name}
              className="mt-1 accent-accent"
              checked={choice === option}
              onChange={() => setChoice(option)}
            />
            <span>
              <span className="block font-medium text-ink">{t(option, { count: running ?? 0 })}</span>
              <span className="block text-sm">{t(`${option}Hint`)}</span>
            </span>
          </label>
        ))}
      </fieldset>
    </ConfirmDialog>
  )
}
