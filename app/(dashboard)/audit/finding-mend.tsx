'use client'
import { UserMinus } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { Section } from '@/components/layout/section'
import { Button } from '@/components/ui/button'
import type { Finding, FindingKind } from '@/lib/contracts/audits'
import { canBeStopped } from '@/lib/util/stop-batches'
import type { FindingShares } from './finding-shares'

interface FindingMendProps {
  finding: Finding
  shares: FindingShares
  /** Nothing of this audit can be changed. */
  isReadOnly: boolean
  /** What mends it, in words. */
  words: string
  onStop: () => void
}

/** Kinds that ending shares does not mend, whoever owns the images. */
const notByStopping: ReadonlySet<FindingKind> = new Set([
  'limit_reached',
  'limit_near',
  'same_name',
  'image_public',
  'image_community',
  'members_frozen',
])

/** What mends a finding, and the act itself where it can be done from here. */
export function FindingMend({ finding, shares, isReadOnly, words, onStop }: FindingMendProps) {
  const t = useTranslations('auditReview.panel')
  const { ours, locked, theirs } = shares
  const isMendable = finding.mend === 'stop'
  const count = new Set(
    ours
      .filter(({ project }) => canBeStopped(project))
      .map(({ imageId, project }) => JSON.stringify([imageId, project])),
  ).size
  return (
    <Section title={t('mend')}>
      <p>{words}</p>
      {!notByStopping.has(finding.kind) && theirs > 0 && (
        <p>{ours.length + locked === 0 ? t('allNotOurs') : t('notOurs', { count: theirs })}</p>
      )}
      {isMendable && locked > 0 && <p>{isReadOnly ? t('readOnly') : t('locked', { count: locked })}</p>}
      {isMendable && count > 0 && (
        <>
          <p>
            <Button variant="danger-quiet" onClick={onStop}>
              <UserMinus className="size-4" />
              {t('stop', { count })}
            </Button>
          </p>
          {count > 1 && <p className="text-ink-3 text-sm">{t('some')}</p>}
        </>
      )}
    </Section>
  )
}
