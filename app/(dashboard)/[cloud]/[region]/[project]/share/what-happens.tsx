'use client'
import { useTranslations } from 'use-intl'
import { Notice } from '@/components/feedback/notice'
import { Section } from '@/components/layout/section'
import type { PendingAccess } from '@/lib/util/capability-list'

/** The truths of sharing that people do not expect. */
export function WhatHappens({ isLimitKnown, access }: { isLimitKnown: boolean; access: PendingAccess }) {
  const t = useTranslations('share.happens')
  return (
    <Section title={t('heading')}>
      <Notice>
        {t.rich('atOnce', { access, strong: (words) => <strong className="text-ink">{words}</strong> })}
      </Notice>
      <ul className="flex list-disc flex-col gap-1.5 pl-4 text-ink-2 marker:text-ink-3">
        <li>{t('onlyNew')}</li>
        <li>{t('nobodyTold')}</li>
        <li>{t('running')}</li>
        {!isLimitKnown && <li>{t('limitUnknown')}</li>}
      </ul>
    </Section>
  )
}
