'use client'
import { useTranslations } from 'use-intl'
import type { ActivityChange } from '@/lib/contracts/activity'
import type { Visibility } from '@/lib/contracts/images'
import { plainUntrusted } from '@/lib/util/untrusted-text'

const visibilities: readonly Visibility[] = ['private', 'shared', 'community', 'public']
const memberships = ['not_shared', 'shared', 'pending', 'accepted', 'rejected'] as const

/** The word for a stored value; a text that a person or the cloud wrote is made safe to look at. */
export function useValueWord(): (change: ActivityChange, when: 'before' | 'after') => string {
  const t = useTranslations('activity')
  const tv = useTranslations('common.visibility')
  return (change, when) => {
    const value = change[when]
    if (value === null || value === '') return t('nothingSet')
    const visibility = change.of === 'visibility' && visibilities.find((one) => one === value)
    if (visibility) return tv(visibility)
    const membership = change.of === 'membership' && memberships.find((one) => one === value)
    return membership ? t(`membership.${membership}`) : plainUntrusted(value.replaceAll(/\s+/g, ' '), 400)
  }
}

/** What was changed, in one line: from what to what, or how many settings. */
export function useChangeWords(): (changes: readonly ActivityChange[]) => string | null {
  const t = useTranslations('activity')
  const word = useValueWord()
  return (changes) => {
    const [only, ...others] = changes
    if (!only) return null
    if (only.of === 'note') return only.after ? t('quote', { text: word(only, 'after') }) : t('nothingSet')
    if (others.length > 0) return t('settings', { count: changes.length })
    const change = t('change', { before: word(only, 'before'), after: word(only, 'after') })
    return only.of === 'visibility' || only.of === 'membership'
      ? change
      : t('details.of', { what: t(`changed.${only.of}`), value: change })
  }
}
