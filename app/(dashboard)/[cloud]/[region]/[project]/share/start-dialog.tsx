'use client'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { ConfirmDialog } from '@/components/feedback/confirm-dialog'
import { TextField } from '@/components/ui/text-field'
import { UntrustedText } from '@/components/ui/untrusted-text'

const shownNames = 12

interface StartDialogProps {
  isOpen: boolean
  onClose: () => void
  pairs: number
  images: number
  projects: readonly string[]
  nameOf: (project: string) => string
  /** Starts the job; answers with the reason when it was refused. */
  onStart: () => Promise<string | null>
}

/** So many recipients are confirmed by typing their number: a list pasted by mistake is noticed here. */
export function StartDialog({ isOpen, onClose, pairs, images, projects, nameOf, onStart }: StartDialogProps) {
  const t = useTranslations('share.confirm')
  const [typed, setTyped] = useState('')
  const count = projects.length

  const close = () => {
    setTyped('')
    onClose()
  }
  const confirm = () => (typed.trim() === String(count) ? onStart() : Promise.resolve(t('wrong', { count })))

  return (
    <ConfirmDialog
      isOpen={isOpen}
      onClose={close}
      title={t('title', { count: pairs })}
      confirmLabel={t('start', { count: pairs })}
      onConfirm={confirm}
      width="md"
      isEnterConfirming
    >
      <p>{t('body', { images, projects: count })}</p>
      <ul className="flex flex-wrap gap-x-3 gap-y-1">
        {projects.slice(0, shownNames).map((id) => (
          <li key={id}>
            <UntrustedText text={nameOf(id)} max={40} className="text-ink" />
          </li>
        ))}
        {count > shownNames && <li>{t('more', { count: count - shownNames })}</li>}
      </ul>
      <TextField
        label={t('label', { count })}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        inputMode="numeric"
        autoComplete="off"
      />
    </ConfirmDialog>
  )
}
