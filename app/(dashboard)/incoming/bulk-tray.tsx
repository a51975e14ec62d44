'use client'
import { Check, X } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { ConfirmDialog } from '@/components/feedback/confirm-dialog'
import { Tray, TrayButton } from '@/components/table/tray'
import type { RowSelection } from '@/components/table/use-selection'
import { UntrustedText } from '@/components/ui/untrusted-text'
import type { MemberStatus } from '@/lib/contracts/images'
import type { Offer, OfferList } from '@/lib/contracts/incoming'
import type { PendingAccess } from '@/lib/util/capability-list'
import { shortId } from '@/lib/util/format-id'
import { type Answer, canAccept, openAnswers } from '@/lib/util/offers'
import { plainUntrusted } from '@/lib/util/untrusted-text'
import type { Answers } from './use-answers'

interface BulkTrayProps {
  data: OfferList
  tab: MemberStatus
  selection: RowSelection
  answers: Answers
  projectName: string
  access: PendingAccess
}

/** The acts that fit the ticked offers. Rejecting many asks first and names whose they are. */
export function BulkTray({ data, tab, selection, answers, projectName, access }: BulkTrayProps) {
  const t = useTranslations('incoming')
  const [isAsking, setAsking] = useState(false)
  const ticked = data.offers.filter((offer) => selection.ids.has(offer.image.id))
  const count = ticked.length
  if (count === 0) return null

  const inactive = ticked.filter((offer) => !canAccept(offer)).length
  const reasonFor = (answer: Answer): string | null =>
    answer === 'accept' && inactive > 0 ? t('bulk.someNotActive', { count: inactive }) : null
  const send = (answer: Answer) => {
    // What waits for a vault stays ticked until it has one.
    if (answers.answer(answer, ticked)) selection.clear()
  }

  return (
    <>
      <Tray
        label={t('bulk.label')}
        summary={t('bulk.selected', { count })}
        clearLabel={t('bulk.clear')}
        onClear={selection.clear}
      >
        {openAnswers(tab).map((answer) => (
          <TrayButton
            key={answer}
            isPrimary={answer === 'accept'}
            disabledReason={reasonFor(answer)}
            onClick={() => (answer === 'accept' ? send(answer) : setAsking(true))}
          >
            {answer === 'accept' ? <Check /> : <X />}
            {t(`bulk.${answer}`, { count })}
          </TrayButton>
        ))}
      </Tray>
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title={t('bulk.confirmReject', { count })}
        confirmLabel={t('bulk.reject', { count })}
        onConfirm={() => {
          send('reject')
          return Promise.resolve(null)
        }}
      >
        <p>{t('bulk.confirmBody', { project: plainUntrusted(projectName), access })}</p>
        <Owners offers={ticked} />
      </ConfirmDialog>
    </>
  )
}

function Owners({ offers }: { offers: readonly Offer[] }) {
  const t = useTranslations('incoming.bulk')
  const owners = [...new Map(offers.map((offer) => [offer.owner, offer.ownerName ?? shortId(offer.owner)]))]
  return (
    <div>
      <p>{t('confirmOwners', { count: owners.length })}</p>
      <ul className="list-disc pl-4">
        {owners.map(([id, name]) => (
          <li key={id}>
            <UntrustedText text={name} className="text-ink" />
          </li>
        ))}
      </ul>
    </div>
  )
}
