'use client'
import { useId, useState } from 'react'
import { useTranslations } from 'use-intl'
import { FailureText } from '@/components/feedback/failure-text'
import { Notice } from '@/components/feedback/notice'
import { showToast } from '@/components/feedback/toast-store'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { TextArea } from '@/components/ui/text-area'
import type { AuditSummary } from '@/lib/contracts/audits'
import type { Scope } from '@/lib/contracts/scope'
import { useNoteAudit, useSignOffAudit } from '@/lib/queries/use-audit-review'
import { NoteSigned } from './note-signed'
import { NoteText } from './note-text'

interface NoteDialogProps {
  scope: Scope
  audit: AuditSummary
  onClose: () => void
}

const longestNote = 4_000

/** A note on the audit, and the name of who looked at it: the first can be changed until the second is there. */
export function NoteDialog({ scope, audit, onClose }: NoteDialogProps) {
  const t = useTranslations('auditReview.note')
  const tc = useTranslations('common')
  const formId = useId()
  const [text, setText] = useState(audit.note)
  // Not what others write meanwhile: that would be overwritten unseen.
  const [before] = useState(audit.note)
  const [isAsking, setAsking] = useState(false)
  const write = useNoteAudit(scope)
  const sign = useSignOffAudit(scope)
  const isPending = write.isPending || sign.isPending
  const isTooLong = text.length > longestNote
  const failure = sign.error ?? write.error

  if (audit.signedOff !== null && !isPending) return <NoteSigned {...{ audit, onClose }} />

  const keepNote = async () => {
    if (text !== before) await write.mutateAsync({ id: audit.id, before, note: text })
  }
  const run = async (act: () => Promise<unknown>, done: string) => {
    if (isPending || isTooLong) return
    try {
      await act()
      showToast(done, { tone: 'success' })
      onClose()
    } catch {
      // It stands in the dialog.
    }
  }
  const save = () => run(keepNote, t('saved'))
  const signOff = () =>
    run(async () => {
      await keepNote()
      await sign.mutateAsync({ id: audit.id, note: text })
    }, t('signedDone'))

  return (
    <Dialog
      isOpen
      width="md"
      onClose={() => !isPending && onClose()}
      title={isAsking ? t('askTitle') : t('title')}
      closeLabel={tc('close')}
      footer={
        isAsking ? (
          <>
            <Button onClick={() => setAsking(false)}>{t('back')}</Button>
            <Button variant="primary" isPending={isPending} onClick={() => void signOff()}>
              {t('confirm')}
            </Button>
          </>
        ) : (
          <>
            <Button onClick={onClose}>{tc('cancel')}</Button>
            <Button type="submit" form={formId} variant="primary" isPending={isPending}>
              {t('save')}
            </Button>
          </>
        )
      }
    >
      {isAsking ? (
        <div className="flex flex-col gap-3">
          <p>{t('ask')}</p>
          {text.trim() === '' ? (
            <p>{t('askNoNote')}</p>
          ) : (
            <>
              <p>{t('askNote')}</p>
              <NoteText text={text} />
            </>
          )}
        </div>
      ) : (
        <form
          id={formId}
          onSubmit={(event) => {
            event.preventDefault()
            void save()
          }}
          className="flex flex-col gap-5"
        >
          <TextArea
            label={t('label')}
            hint={t('hint')}
            error={isTooLong ? t('tooLong', { max: longestNote }) : null}
            rows={6}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
          <section className="flex flex-col gap-1.5">
            <h3 className="font-medium text-ink">{t('signHeading')}</h3>
            <p>{t('signBody')}</p>
            <p className="pt-1">
              <Button
                disabledReason={
                  audit.state === 'complete'
                    ? isTooLong && t('tooLong', { max: longestNote })
                    : t('notComplete')
                }
                onClick={() => setAsking(true)}
              >
                {t('sign')}
              </Button>
            </p>
          </section>
        </form>
      )}
      {failure !== null && (
        <Notice tone="danger" className="mt-4">
          <FailureText error={failure} />
        </Notice>
      )}
    </Dialog>
  )
}
