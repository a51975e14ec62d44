'use client'
import { useTranslations } from 'use-intl'
import { Notice } from '@/components/feedback/notice'
import { Section } from '@/components/layout/section'
import { CopyText } from '@/components/ui/copy-text'
import { SidePanel } from '@/components/ui/side-panel'
import { useSingleKeys } from '@/components/ui/single-keys'
import { StatusBadge } from '@/components/ui/state-badge'
import { UntrustedText } from '@/components/ui/untrusted-text'
import type { Offer, OfferList } from '@/lib/contracts/incoming'
import type { PendingAccess } from '@/lib/util/capability-list'
import { canAccept, openAnswers, pendingFrom } from '@/lib/util/offers'
import { plainUntrusted } from '@/lib/util/untrusted-text'
import { AnswerButtons } from './answer-buttons'
import { OfferFacts } from './offer-facts'
import { StatedByOwner } from './stated-by-owner'
import type { Answers } from './use-answers'

interface OfferCardProps {
  offer: Offer | null
  /** Undefined while it is being read. */
  data: OfferList | undefined
  projectName: string
  access: PendingAccess
  answers: Answers
  isReadOnly: boolean
  onClose: () => void
}

/** What is known of one offer, in the order that matters for the decision, and the decision itself. */
export function OfferCard(props: OfferCardProps) {
  const { offer, data, projectName, access, answers, isReadOnly, onClose } = props
  const t = useTranslations('incoming.card')
  const tk = useTranslations('incoming.cautions')
  const tc = useTranslations('common')
  const project = plainUntrusted(projectName)
  const areKeysOn = useSingleKeys()
  if (!offer) {
    return (
      <SidePanel title={t('heading')} className="max-lg:hidden">
        <p className="text-ink-2">{t('none')}</p>
        <p className="mt-4 text-ink-3">{t('truthOfAll', { project, access })}</p>
        {!isReadOnly && areKeysOn && <p className="mt-4 text-ink-3 pointer-coarse:hidden">{t('keys')}</p>}
      </SidePanel>
    )
  }
  return (
    <SidePanel
      title={<UntrustedText text={offer.image.name} />}
      detail={
        <CopyText
          text={offer.image.id}
          label={tc('copy', { what: t('theImageId') })}
          copiedLabel={tc('copied')}
        />
      }
      onClose={onClose}
      closeLabel={t('close')}
      footer={<Decision {...{ offer, project, access, answers, isReadOnly }} />}
    >
      <div className="flex flex-col gap-5 [--facts-label:5.5rem]">
        {offer.image.cautions.map((caution) => (
          <Notice key={caution} tone="warning">
            {tk(caution, { project })}
          </Notice>
        ))}
        <OfferFacts offer={offer} pending={pendingFrom(data?.offers ?? [], offer.owner)} />
        <Section title={t('stated')}>
          <StatedByOwner image={offer.image} />
        </Section>
      </div>
    </SidePanel>
  )
}

interface DecisionProps {
  offer: Offer
  project: string
  access: PendingAccess
  answers: Answers
  isReadOnly: boolean
}

function Decision({ offer, project, access, answers, isReadOnly }: DecisionProps) {
  const t = useTranslations('incoming')
  const tc = useTranslations('common')
  const mayAccept = openAnswers(offer.status).includes('accept')
  return (
    <div className="flex flex-col gap-2.5">
      {offer.status !== 'pending' && (
        <p className="flex items-center gap-2">
          <StatusBadge status={offer.status} label={tc(`status.${offer.status}`)} />
          <span className="text-ink-2">{t(`card.now.${offer.status}`, { project, access })}</span>
        </p>
      )}
      {!isReadOnly && (
        <AnswerButtons
          offer={offer}
          answering={answers.answeringOf(offer.image.id)}
          acceptInto={project}
          onAnswer={(answer) => answers.answer(answer, [offer])}
        />
      )}
      {!isReadOnly && mayAccept && !canAccept(offer) && (
        <p className="text-pending-ink text-sm">
          {t('notActive', { status: plainUntrusted(offer.image.status) })}
        </p>
      )}
      <p className="text-ink-3 text-sm">{t('card.truth', { project, access })}</p>
    </div>
  )
}
