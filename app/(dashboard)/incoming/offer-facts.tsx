'use client'
import { useTranslations } from 'use-intl'
import { type Fact, FactList, Section } from '@/components/layout/section'
import { CopyText } from '@/components/ui/copy-text'
import { RelativeTime } from '@/components/ui/relative-time'
import { UntrustedText } from '@/components/ui/untrusted-text'
import type { Offer } from '@/lib/contracts/incoming'
import { formatBytes } from '@/lib/util/format-bytes'
import { HashFact } from './hash-fact'

interface OfferFactsProps {
  offer: Offer
  /** Offers of the same owner that wait. */
  pending: number
}

/** Facts the cloud states: who offers, then what it is. What the owner writes stands apart. */
export function OfferFacts({ offer, pending }: OfferFactsProps) {
  const t = useTranslations('incoming.card')
  const tc = useTranslations('common')
  const { image } = offer
  const untold = (words: string) => <span className="text-ink-3">{words}</span>
  const formats = [image.diskFormat, image.containerFormat].filter((format) => format !== null)

  const who: Fact[] = [
    {
      key: 'owner',
      label: t('owner'),
      value: (
        <CopyText
          text={offer.owner}
          label={tc('copy', { what: t('theOwnerId') })}
          copiedLabel={tc('copied')}
          className="!text-ink"
          isWhole
        />
      ),
    },
    {
      key: 'name',
      label: t('ownerName'),
      value: offer.ownerName === null ? untold(t('nameUntold')) : <UntrustedText text={offer.ownerName} />,
    },
    { key: 'waiting', label: t('waiting'), value: t('waitingCount', { count: pending }) },
  ]
  const what: Fact[] = [
    { key: 'status', label: t('status'), value: <UntrustedText text={image.status} max={24} /> },
    { key: 'size', label: t('size'), value: formatBytes(image.sizeBytes) ?? untold(t('sizeUnknown')) },
    {
      key: 'format',
      label: t('format'),
      value: formats.length > 0 ? <UntrustedText text={formats.join(' · ')} /> : untold(t('formatUnknown')),
    },
    { key: 'hash', label: t('hash'), value: <HashFact image={image} /> },
    { key: 'created', label: t('created'), value: <RelativeTime at={image.createdAt} /> },
    {
      key: 'shared',
      label: t('shared'),
      value: offer.sharedAt === null ? untold(t('sharedUnknown')) : <RelativeTime at={offer.sharedAt} />,
    },
    { key: 'changed', label: t('changed'), value: <RelativeTime at={image.updatedAt} /> },
    { key: 'visibility', label: t('visibility'), value: tc(`visibility.${image.visibility}`) },
    { key: 'hidden', label: t('hidden'), value: t(image.hidden ? 'hiddenYes' : 'no') },
    { key: 'protected', label: t('protected'), value: t(image.protected ? 'protectedYes' : 'no') },
  ]
  return (
    <>
      <Section title={t('who')}>
        <FactList facts={who} />
      </Section>
      <Section title={t('what')}>
        <FactList facts={what} />
      </Section>
    </>
  )
}
