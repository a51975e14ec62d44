'use client'
import { RotateCcw, UserMinus } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { Tray, TrayButton } from '@/components/table/tray'
import type { Member } from '@/lib/contracts/images'
import { useMembersContext } from './members-context'

interface MembersTrayProps {
  members: readonly Member[]
  onClear: () => void
}

/** What can be done with the selected members. */
export function MembersTray({ members, onClear }: MembersTrayProps) {
  const t = useTranslations('image.tray')
  const { act } = useMembersContext()
  const isOurs = members.every(({ type }) => type === undefined)
  const notOurs = isOurs ? null : t('notOurs')
  const isAllRejected = members.every(({ status }) => status === 'rejected')
  return (
    <Tray
      label={t('label')}
      summary={t('count', { count: members.length })}
      clearLabel={t('clear')}
      onClear={onClear}
    >
      <TrayButton
        disabledReason={notOurs ?? (isAllRejected ? null : t('onlyRejected'))}
        onClick={() => act('offer', members)}
      >
        <RotateCcw />
        {t('offer')}
      </TrayButton>
      <TrayButton disabledReason={notOurs} onClick={() => act('stop', members)}>
        <UserMinus />
        {t('stop')}
      </TrayButton>
    </Tray>
  )
}
