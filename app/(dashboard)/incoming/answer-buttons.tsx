'use client'
import clsx from 'clsx'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import type { ButtonSize } from '@/components/ui/button-styles'
import { Kbd } from '@/components/ui/kbd'
import type { Offer } from '@/lib/contracts/incoming'
import { type Answer, canAccept, openAnswers } from '@/lib/util/offers'
import { plainUntrusted } from '@/lib/util/untrusted-text'

interface AnswerButtonsProps {
  offer: Offer
  answering: Answer | null
  size?: ButtonSize
  /** On the decision card: the project it is accepted into, said on the button. */
  acceptInto?: string
  onAnswer: (answer: Answer) => void
}

/** The answers that would change something: both while pending, the other one afterwards. */
export function AnswerButtons({ offer, answering, size, acceptInto, onAnswer }: AnswerButtonsProps) {
  const t = useTranslations('incoming')
  const isCard = acceptInto !== undefined
  const reasonFor = (answer: Answer) =>
    answer === 'accept' && !canAccept(offer) && t('notActive', { status: plainUntrusted(offer.image.status) })
  // Reject first: the hand that goes to the right finds Accept, as in the list above and below.
  const answers = openAnswers(offer.status).toReversed()
  return (
    <div className={clsx('flex gap-2', isCard ? 'flex-wrap' : '@2xl:justify-end')}>
      {answers.map((answer) => (
        <Button
          key={answer}
          size={size}
          variant={isCard && answer === 'accept' ? 'primary' : 'secondary'}
          disabledReason={reasonFor(answer)}
          isPending={answering === answer}
          aria-label={isCard ? undefined : t(`${answer}Label`, { name: plainUntrusted(offer.image.name) })}
          aria-keyshortcuts={answer === 'accept' ? 'a' : 'r'}
          onClick={() => {
            if (answering === null) onAnswer(answer)
          }}
          className="max-md:h-11 max-md:flex-1 max-md:text-md @max-2xl:flex-1"
        >
          {isCard && answer === 'accept' ? t('acceptInto', { project: acceptInto }) : t(answer)}
          {isCard && offer.status === 'pending' && <Kbd>{answer === 'accept' ? 'a' : 'r'}</Kbd>}
        </Button>
      ))}
    </div>
  )
}
