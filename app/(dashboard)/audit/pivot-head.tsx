'use client'
import { ArrowLeft } from 'lucide-react'
import { type ReactNode, useMemo } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import { CopyText } from '@/components/ui/copy-text'
import { UntrustedText } from '@/components/ui/untrusted-text'
import type { AuditData } from '@/lib/util/audit-data'
import { usableBy, usersOf } from '@/lib/util/audit-pivots'
import { type AuditProjects, projectLabel } from '@/lib/util/audit-sort'
import type { PendingAccess } from '@/lib/util/capability-list'
import { StandingBadge } from './standing-badge'

interface PivotProps {
  data: AuditData
  projects: AuditProjects
  access: PendingAccess
  /** The project or image that is looked at. */
  id: string
  onBack: () => void
}

const accessWords = {
  usable: 'pendingUsable',
  stated: 'pendingStated',
  not_usable: 'pendingNotUsable',
  unknown: 'pendingUnknown',
} as const

/** Everything one project can use, in words; the rows below are what is shared with it. */
export function RecipientPivot({ data, projects, access, id, onBack }: PivotProps) {
  const t = useTranslations('audit.pivot')
  const usable = useMemo(() => usableBy(data, id), [data, id])
  const project = projects.get(id)
  return (
    <PivotFrame
      id={id}
      onBack={onBack}
      title={t.rich('recipient', {
        name: () => <UntrustedText key="name" text={projectLabel(projects, id)} max={64} />,
      })}
      badge={<StandingBadge standing={project?.standing} />}
    >
      <p>
        {usable.shared === 0 ? t('sharedNone') : t('shared', { count: usable.shared, ...usable.counts })}
        {(usable.counts.pending > 0 || usable.counts.rejected > 0) && ` ${t(accessWords[access])}`}
      </p>
      <p>
        {t('everybody', { public: usable.public, community: usable.community })}
        {usable.own > 0 && ` ${t('own', { count: usable.own })}`}
      </p>
    </PivotFrame>
  )
}

/** Everyone who can use one image, in words; the rows below are its members. */
export function ImagePivot({ data, projects, access, id, onBack }: PivotProps) {
  const t = useTranslations('audit.pivot')
  const users = useMemo(() => usersOf(data, projects, id), [data, projects, id])
  return (
    <PivotFrame
      id={id}
      onBack={onBack}
      title={t.rich('image', {
        name: () => <UntrustedText key="name" text={users?.image.name || id} max={64} />,
      })}
    >
      {users === null ? <p>{t('unread')}</p> : <Users {...{ users, access }} />}
    </PivotFrame>
  )
}

function Users({ users, access }: { users: NonNullable<ReturnType<typeof usersOf>>; access: PendingAccess }) {
  const t = useTranslations('audit.pivot')
  const { image, members, projects, nobodies, counts } = users
  if (image.visibility === 'public' || image.visibility === 'community' || image.visibility === 'private') {
    return (
      <p>
        {t(image.visibility)}
        {members > 0 && ` ${t('frozen', { count: members })}`}
      </p>
    )
  }
  if (image.refused !== null) return <p>{t('refused')}</p>
  if (image.side === 'recipient') return <p>{t('offered')}</p>
  return (
    <p>
      {t(members === 0 ? 'noMembers' : 'members', { count: projects })}
      {members > 0 && ` ${t('membersCounts', { count: members, ...counts })}`}
      {nobodies > 0 && ` ${t('nobodies', { count: nobodies })}`}
      {(counts.pending > 0 || counts.rejected > 0) && ` ${t(accessWords[access])}`}
    </p>
  )
}

interface PivotFrameProps {
  id: string
  title: ReactNode
  badge?: ReactNode
  children: ReactNode
  onBack: () => void
}

function PivotFrame({ id, title, badge, children, onBack }: PivotFrameProps) {
  const t = useTranslations('audit.pivot')
  const tc = useTranslations('common')
  return (
    <section aria-label={t('label')} className="border-line border-b bg-canvas px-4 py-3 md:px-6">
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-80">
          <h2 className="flex flex-wrap items-center gap-2 text-md">
            <span>{title}</span>
            {badge}
          </h2>
          <CopyText text={id} label={tc('copy', { what: id })} copiedLabel={tc('copied')} />
          <div className="mt-1 flex max-w-3xl flex-col gap-1 text-ink-2">{children}</div>
        </div>
        <Button size="sm" onClick={onBack}>
          <ArrowLeft className="size-4" />
          {t('back')}
        </Button>
      </div>
    </section>
  )
}
