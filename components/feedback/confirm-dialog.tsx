'use client'

import { type ReactNode, type SubmitEvent, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Notice } from './notice'

type ConfirmDialogProps = {
  isOpen: boolean
  onClose: () => void
  title: string
  /** Who is hit and what follows. */
  children: ReactNode
  /** The act, with its count: "Stop sharing with 3 projects". */
  confirmLabel: string
  /** Another word than "Cancel". */
  cancelLabel?: string
  isDanger?: boolean
  /** Runs the act. A string that comes back is why it failed and is shown; nothing means done, and the dialog closes. */
  onConfirm: () => Promise<string | null | undefined>
  /** Another sentence for when onConfirm throws instead of returning a reason. */
  failedText?: string
  /** Why it cannot be confirmed yet, such as nothing being chosen. */
  disabledReason?: string | null
  width?: 'sm' | 'md'
  /** Enter in a field confirms, where the field is there to confirm. */
  isEnterConfirming?: boolean
}

/** Asks before an act that others feel, runs it, and shows its failure in place. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { isOpen, onClose, title, children, isDanger, onConfirm, failedText, width, isEnterConfirming } =
    props
  const t = useTranslations('common')
  const [isPending, setPending] = useState(false)
  const [error, setError] = useState<string | null>(null)

  const close = () => {
    if (isPending) return
    setError(null)
    onClose()
  }

  const confirm = async () => {
    setPending(true)
    setError(null)
    try {
      const reason = await onConfirm()
      if (reason) setError(reason)
      else onClose()
    } catch {
      setError(failedText ?? t('failed'))
    } finally {
      setPending(false)
    }
  }

  // Enter in a field; in a search, say, it means something else.
  const handleSubmit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (isEnterConfirming && !isPending && !props.disabledReason) void confirm()
  }

  return (
    <Dialog
      isOpen={isOpen}
      onClose={close}
      title={title}
      closeLabel={t('close')}
      width={width}
      role={isDanger ? 'alertdialog' : 'dialog'}
      footer={
        <>
          <Button onClick={close}>{props.cancelLabel ?? t('cancel')}</Button>
          <Button
            variant={isDanger ? 'danger' : 'primary'}
            disabledReason={props.disabledReason}
            isPending={isPending}
            onClick={() => void confirm()}
          >
            {props.confirmLabel}
          </Button>
        </>
      }
    >
      <form onSubmit={handleSubmit} className="flex flex-col gap-3">
        {children}
        {!!error && <Notice tone="danger">{error}</Notice>}
      </form>
    </Dialog>
  )
}
