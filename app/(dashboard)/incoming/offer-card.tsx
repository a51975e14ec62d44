'use client'
import { useTranslations } from 'use-intl'
import { useReadOnlyReason } from '@/components/feedback/use-read-only-reason'
import { Section } from '@/components/layout/section'
import { CopyText } from '@/components/ui/copy-text'
import { SidePanel } from '@/components/ui/side-panel'
import { useSingleKeys } from '@/components/ui/single-keys'
import { StatusBadge } from '@/components/ui/state-badge'
import { UntrustedText } from '@/components/ui/untrusted-text'
import type { Offer, OfferList } from '@/lib/contracts/incoming'
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
  answers: Answers
  onClose: () => void
}

/** What is known of one offer, in the order that matters for the decision, and the decision itself. */
export function OfferCard({ offer, data, projectName, answers, onClose }: OfferCardProps) {
  const t = useTranslations('incoming.card')
  const tc = useTranslations('common')
  const project = plainUntrusted(projectName)
  const areKeysOn = useSingleKeys()
  if (!offer) {
    return (
      <SidePanel title={t('heading')} className="max-lg:hidden">
        <p className="text-ink-2">{t('none')}</p>
        <p className="mt-4 text-ink-3">{t('truthOfAll', { project })}</p>
        {!!areKeysOn && <p className="mt-4 text-ink-3 pointer-coarse:hidden">{t('keys')}</p>}
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
      footer={<Decision {...{ offer, project, answers }} />}
    >
      <div className="flex flex-col gap-5 [--facts-label:5.5rem]">
        <OfferFacts offer={offer} pending={pendingFrom(data?.offers ?? [], offer.owner)} />
        <Section title={t('stated')}>
          <StatedByOwner image={offer.image} />
        </Section>
      </div>
    </SidePanel>
  )
}

function Decision({ offer, project, answers }: { offer: Offer; project: string; answers: Answers }) {
  const t = useTranslations('incoming')
  const tc = useTranslations('common')
  const readOnly = useReadOnlyReason()
  const mayAccept = openAnswers(offer.status).includes('accept')
  return (
    <div className="flex flex-col gap-2.5">
      {offer.status !== 'pending' && (
        <p className="flex items-center gap-2">
          <StatusBadge status={offer.status} label={tc(`status.${offer.status}`)} />
          <span className="text-ink-2">{t(`card.now.${offer.status}`, { project })}</span>
        </p>
      )}
      <AnswerButtons
        offer={offer}
        answering={answers.answeringOf(offer.image.id)}
        readOnly={readOnly}
        acceptInto={project}
        onAnswer={(answer) => void answers.answer(answer, [offer])}
      />
      {mayAccept && !canAccept(offer) && (
        <p className="text-pending-ink text-sm">
          {t('notActive', { status: plainUntrusted(offer.image.status) })}
        </p>
      )}
      <p className="text-ink-3 text-sm">{t('card.truth', { project })}</p>
    </div>
  )
}
