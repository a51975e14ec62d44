'use client'
import { useTranslations } from 'use-intl'
import { NameCell } from '@/components/table/name-cell'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { CopyText } from '@/components/ui/copy-text'
import { RelativeTime } from '@/components/ui/relative-time'
import { StatusBadge } from '@/components/ui/state-badge'
import { UntrustedText } from '@/components/ui/untrusted-text'
import type { Member } from '@/lib/contracts/images'
import { plainUntrusted } from '@/lib/util/untrusted-text'
import { useMembersContext } from './members-context'

/** Name over id, or the id alone. Any text can be a member, so the id is shown with the same care as a name. */
export function MemberName({ member }: { member: Member }) {
  const t = useTranslations('image.members')
  const tc = useTranslations('common')
  const plain = plainUntrusted(member.project, 64)
  const id = (
    <CopyText
      text={member.project}
      shown={plain === member.project ? undefined : plain}
      label={t('copyProject')}
      copiedLabel={tc('copied')}
      className={member.projectName === null ? 'font-normal !text-ink !text-sm' : undefined}
    />
  )
  if (member.projectName === null) return <NameCell>{id}</NameCell>
  return (
    <NameCell detail={id}>
      <UntrustedText text={member.projectName} />
    </NameCell>
  )
}

export function MemberAnswer({ member }: { member: Member }) {
  const t = useTranslations('common.status')
  return (
    <span className="flex">
      {member.said === undefined ? (
        <StatusBadge status={member.status} label={t(member.status)} />
      ) : (
        <Badge>
          <UntrustedText text={member.said} max={24} />
        </Badge>
      )}
    </span>
  )
}

export function Answered({ member }: { member: Member }) {
  const t = useTranslations('image.members')
  if (member.answeredAt === null) return <span className="text-ink-3">{t('notAnswered')}</span>
  return <RelativeTime at={member.answeredAt} className="text-ink-2" />
}

export function MemberActs({ member }: { member: Member }) {
  const t = useTranslations('image.members')
  const { act, isReadOnly } = useMembersContext()
  const project = plainUntrusted(member.projectName ?? member.project, 48)
  if (member.type !== undefined) {
    return (
      <Badge>
        <span title={t('notOurs', { type: plainUntrusted(member.type, 24) })}>
          <UntrustedText text={member.type} max={24} />
        </span>
      </Badge>
    )
  }
  if (isReadOnly) return null
  return (
    <span className="flex gap-1.5 @2xl:justify-end">
      {member.status === 'rejected' && (
        <Button size="sm" aria-label={t('offerLabel', { project })} onClick={() => act('offer', [member])}>
          {t('offer')}
        </Button>
      )}
      <Button size="sm" aria-label={t('stopLabel', { project })} onClick={() => act('stop', [member])}>
        {t('stop')}
      </Button>
    </span>
  )
}
