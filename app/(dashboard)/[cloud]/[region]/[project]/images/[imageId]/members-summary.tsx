'use client'
import { useTranslations } from 'use-intl'
import { Legend } from '@/components/ui/legend'
import { SharingBar } from '@/components/ui/sharing-bar'
import type { Member, MemberLimit } from '@/lib/contracts/images'
import { countMembers } from '@/lib/util/sharing'

const statuses = ['accepted', 'pending', 'rejected'] as const

/** The sharing bar of the image, with its counts. */
export function MembersSummary({
  members,
  memberLimit,
}: {
  members: readonly Member[]
  memberLimit: MemberLimit
}) {
  const t = useTranslations('image.members')
  const { total, ...counts } = countMembers(members)
  return (
    <section aria-label={t('heading')} className="flex flex-col gap-2">
      <h2 className="text-md">
        {t('heading')}{' '}
        <span className="font-normal text-ink-2">
          {memberLimit === null
            ? t('count', { count: total })
            : t('ofLimit', { count: total, limit: memberLimit })}
        </span>
      </h2>
      <SharingBar {...counts} limit={memberLimit} width={288} height={10} label={t('bar', counts)} />
      <Legend
        label={t('legend')}
        items={statuses
          .filter((status) => counts[status] > 0)
          .map((status) => ({ state: status, label: t(status, { count: counts[status] }) }))}
      />
    </section>
  )
}
