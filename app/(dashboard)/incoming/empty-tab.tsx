'use client'
import { Inbox } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { EmptyState } from '@/components/feedback/empty-state'
import { CopyText } from '@/components/ui/copy-text'
import type { MemberStatus } from '@/lib/contracts/images'
import type { Scope } from '@/lib/contracts/scope'
import { plainUntrusted } from '@/lib/util/untrusted-text'

interface EmptyTabProps {
  tab: MemberStatus
  scope: Scope
  projectName: string
}

/** Nothing under this tab: what fills it, and what to tell an owner. */
export function EmptyTab({ tab, scope, projectName }: EmptyTabProps) {
  const t = useTranslations('incoming')
  const tc = useTranslations('common')
  return (
    <EmptyState
      icon={<Inbox />}
      title={t(`empty.${tab}Title`)}
      action={
        tab === 'pending' && (
          <CopyText
            text={scope.project}
            label={tc('copy', { what: t('theProjectId') })}
            copiedLabel={tc('copied')}
            className="text-ink"
          />
        )
      }
    >
      {t(`empty.${tab}Body`, { project: plainUntrusted(projectName) })}
    </EmptyState>
  )
}
