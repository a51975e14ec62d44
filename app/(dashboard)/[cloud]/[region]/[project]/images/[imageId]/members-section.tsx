'use client'
import { Share2, Users } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useTranslations } from 'use-intl'
import { EmptyState } from '@/components/feedback/empty-state'
import { Notice } from '@/components/feedback/notice'
import { DataTable } from '@/components/table/data-table'
import { useSelection } from '@/components/table/use-selection'
import { Button } from '@/components/ui/button'
import { SearchField } from '@/components/ui/search-field'
import type { ImageMembers, Member, MemberLimit } from '@/lib/contracts/images'
import type { Scope } from '@/lib/contracts/scope'
import type { PendingAccess } from '@/lib/util/capability-list'
import { type MemberSort, memberSortKeys, nextSort, sortMembers } from '@/lib/util/sort-members'
import { plainUntrusted } from '@/lib/util/untrusted-text'
import { MemberActDialog } from './member-act-dialog'
import { factColumns, type MemberColumnKey, memberColumns } from './member-columns'
import { type MemberAct, MembersContext } from './members-context'
import { MembersSummary } from './members-summary'
import { MembersTray } from './members-tray'

/** From so many on, a search helps. */
const searchFrom = 10

interface MembersSectionProps {
  scope: Scope
  imageId: string
  members: ImageMembers
  memberLimit: MemberLimit
  /** What may be said of an image that is not accepted. */
  access: PendingAccess
  isReadOnly: boolean
  /** Why it can be shared with nobody more. */
  noShare: string | null
  onAdd: () => void
}

/** Who has access to the image, what they answered, and the acts of its owner. */
export function MembersSection({
  scope,
  imageId,
  members,
  memberLimit,
  access,
  isReadOnly,
  noShare,
  onAdd,
}: MembersSectionProps) {
  const t = useTranslations('image.members')
  const ti = useTranslations('image')
  const [search, setSearch] = useState('')
  const [sort, setSort] = useState<MemberSort>({ key: 'project', direction: 'asc' })
  const [asked, setAsked] = useState<{ kind: MemberAct; members: readonly Member[] } | null>(null)

  const shown = useMemo(
    () => sortMembers(findMembers(members.members, search), sort),
    [members.members, search, sort],
  )
  const order = useMemo(() => shown.map(({ project }) => project), [shown])
  const selection = useSelection(order)
  const context = useMemo(
    () => ({
      act: (kind: MemberAct, some: readonly Member[]) => setAsked({ kind, members: some }),
      isReadOnly,
    }),
    [isReadOnly],
  )

  if (members.refused === 'forbidden' || members.refused === 'image_not_found') {
    return (
      <div className="px-4 py-5 md:px-6">
        <Notice tone="warning">{t(members.refused === 'forbidden' ? 'forbidden' : 'gone')}</Notice>
      </div>
    )
  }
  if (members.members.length === 0) {
    return (
      <EmptyState
        icon={<Users />}
        title={t('emptyTitle')}
        action={
          !isReadOnly && (
            <Button disabledReason={noShare} onClick={onAdd}>
              <Share2 className="size-4" />
              {ti('share')}
            </Button>
          )
        }
      >
        {t('emptyBody', { access })}
      </EmptyState>
    )
  }

  const headers = Object.fromEntries(memberColumns.map(({ key }) => [key, t(`columns.${key}`)])) as Record<
    MemberColumnKey,
    string
  >
  return (
    <MembersContext value={context}>
      <div className="flex flex-wrap items-center gap-x-6 gap-y-3 px-4 py-4 md:px-6">
        <MembersSummary members={members.members} memberLimit={memberLimit} />
        {members.members.length >= searchFrom && (
          <SearchField
            className="ml-auto w-64 max-md:w-full"
            label={t('search')}
            placeholder={t('searchPlaceholder')}
            clearLabel={t('clear')}
            shortcut="/"
            value={search}
            onChange={setSearch}
          />
        )}
      </div>
      {shown.length === 0 ? (
        <p className="px-4 py-6 text-ink-2 md:px-6">{t('noMatch', { search })}</p>
      ) : (
        <DataTable
          label={t('list')}
          columns={isReadOnly && isAllProjects(members.members) ? factColumns : memberColumns}
          headers={headers}
          rows={shown}
          rowId={({ project }) => project}
          sort={sort}
          onSort={(key) => {
            const known = memberSortKeys.find((one) => one === key)
            if (known) setSort(nextSort(sort, known))
          }}
          selection={
            isReadOnly
              ? undefined
              : {
                  ...selection,
                  allLabel: t('selectAll'),
                  rowLabel: (member) =>
                    t('select', { project: plainUntrusted(member.projectName ?? member.project) }),
                }
          }
        />
      )}
      {!isReadOnly && selection.ids.size > 0 && (
        <MembersTray
          members={members.members.filter(({ project }) => selection.ids.has(project))}
          onClear={selection.clear}
        />
      )}
      {asked ? (
        <MemberActDialog
          {...asked}
          scope={scope}
          imageId={imageId}
          onClose={() => setAsked(null)}
          onDone={selection.clear}
        />
      ) : null}
    </MembersContext>
  )
}

/** What is no project is said in the column of the acts. */
const isAllProjects = (members: readonly Member[]) => members.every(({ type }) => type === undefined)

function findMembers(members: readonly Member[], search: string): readonly Member[] {
  const text = search.trim().toLowerCase()
  if (text === '') return members
  return members.filter(
    ({ project, projectName }) =>
      project.toLowerCase().includes(text) || projectName?.toLowerCase().includes(text) === true,
  )
}
