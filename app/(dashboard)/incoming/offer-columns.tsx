'use client'
import type { Column } from '@/components/table/columns'
import { RelativeTime } from '@/components/ui/relative-time'
import type { Offer } from '@/lib/contracts/incoming'
import type { Answer } from '@/lib/util/offers'
import { AnswerButtons } from './answer-buttons'
import { OfferKind, OfferName } from './offer-cells'

export interface OfferRow {
  offer: Offer
  answering: Answer | null
  onAnswer: (answer: Answer) => void
  onOpen: () => void
}

/** The columns of the inbox. */
export const offerColumns: readonly Column<OfferRow, 'image' | 'os' | 'created' | 'answer'>[] = [
  { key: 'image', phone: 'title', cell: (row) => <OfferName row={row} /> },
  {
    key: 'os',
    width: 'w-32',
    phone: 'fact',
    cell: ({ offer }) => <OfferKind image={offer.image} />,
  },
  {
    key: 'created',
    width: 'w-24',
    align: 'end',
    phone: 'fact',
    cell: ({ offer }) => <RelativeTime at={offer.image.createdAt} className="text-ink-2" />,
  },
  {
    key: 'answer',
    width: 'w-48',
    align: 'end',
    phone: 'wide',
    cell: ({ offer, answering, onAnswer }) => (
      <AnswerButtons offer={offer} answering={answering} size="sm" onAnswer={onAnswer} />
    ),
  },
]

/** Without the answers. */
export const factColumns = offerColumns.filter(({ key }) => key !== 'answer')
