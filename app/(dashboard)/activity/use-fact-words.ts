'use client'
import { useTranslations } from 'use-intl'
import type { ActivityEntry } from '@/lib/contracts/activity'
import { shortId } from '@/lib/util/format-id'

/** What an act on an audit or on this log covered, in words: its reach, what was read, what was saved. */
export function useFactWords({ verb, facts, auditId }: Pick<ActivityEntry, 'verb' | 'facts' | 'auditId'>) {
  const t = useTranslations('activity')
  const { reach, what, format, rows, images, members, refused } = facts
  const join = (parts: readonly (string | false | undefined)[]) => parts.filter(Boolean).join(' · ')
  const isAudit = verb === 'audit.read'
  return {
    audit: auditId === null ? null : t('theAudit', { id: shortId(auditId) }),
    session: verb.startsWith('session.') && facts.readOnly ? t('facts.readOnly') : null,
    reach: reach && t(`facts.reach.${reach}`),
    file: join([
      what && t(`facts.what.${what}`),
      format?.toUpperCase().slice(0, 8),
      rows !== undefined && t(verb === 'activity.export' ? 'facts.acts' : 'facts.rows', { count: rows }),
    ]),
    read: join([
      isAudit && images !== undefined && t('images', { count: images }),
      members !== undefined && t('facts.members', { count: members }),
      !!refused && t('facts.refused', { count: refused }),
    ]),
  }
}
