'use client'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Section } from '@/components/layout/section'
import { Button } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/checkbox'
import { RelativeTime } from '@/components/ui/relative-time'
import { UntrustedText } from '@/components/ui/untrusted-text'
import type { Scope } from '@/lib/contracts/scope'
import { plainUntrusted } from '@/lib/util/untrusted-text'
import { OfferAgainDialog } from './offer-again-dialog'
import { rejectedPairs } from './rejected-pairs'
import type { Composer } from './use-composer'

const shownPairs = 20

interface OfferAgainProps {
  scope: Scope
  composer: Composer
  nameOf: (project: string) => string
}

/** Pairs whose recipient said no: a choice for each, because offering again cuts access for a moment. */
export function OfferAgain({ scope, composer, nameOf }: OfferAgainProps) {
  const t = useTranslations('share.again')
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set())
  const [isAll, setAll] = useState(false)
  const [isAsking, setAsking] = useState(false)
  const pairs = rejectedPairs(composer)
  const chosen = pairs.filter(({ key }) => ticked.has(key))
  if (pairs.length === 0) return null

  const toggle = (key: string) => {
    const next = new Set(ticked)
    if (!next.delete(key)) next.add(key)
    setTicked(next)
  }

  return (
    <Section title={t('heading')}>
      <p className="max-w-prose text-ink-2">{t('body')}</p>
      <ul className="border-line border-t">
        {pairs.slice(0, isAll ? undefined : shownPairs).map(({ key, image, project, pair }) => (
          <li key={key} className="border-line border-b py-2">
            <Checkbox
              checked={ticked.has(key)}
              onChange={() => toggle(key)}
              label={
                <span className="flex flex-wrap gap-x-2">
                  <span className="sr-only">
                    {t('tick', {
                      image: plainUntrusted(image.name),
                      project: plainUntrusted(nameOf(project)),
                    })}
                  </span>
                  <span aria-hidden="true" className="min-w-0">
                    <UntrustedText text={image.name} className="font-semibold" /> →{' '}
                    <UntrustedText text={nameOf(project)} />
                  </span>
                  <span className="text-ink-3">
                    {t('rejected')} {!!pair.answeredAt && <RelativeTime at={pair.answeredAt} />}
                  </span>
                </span>
              }
            />
          </li>
        ))}
      </ul>
      <div className="flex flex-wrap items-center gap-2">
        <Button disabledReason={chosen.length === 0 && t('nothingTicked')} onClick={() => setAsking(true)}>
          {t('offer', { count: chosen.length })}
        </Button>
        <Button
          variant="ghost"
          onClick={() =>
            setTicked(new Set(chosen.length === pairs.length ? [] : pairs.map(({ key }) => key)))
          }
        >
          {t(chosen.length === pairs.length ? 'none' : 'all')}
        </Button>
        {!isAll && pairs.length > shownPairs && (
          <Button variant="link" onClick={() => setAll(true)}>
            {t('showAll', { count: pairs.length - shownPairs })}
          </Button>
        )}
      </div>
      <OfferAgainDialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        {...{ scope, composer, nameOf, chosen }}
      />
    </Section>
  )
}
