'use client'
import clsx from 'clsx'
import { ChevronDown, ChevronRight } from 'lucide-react'
import type { Ref } from 'react'
import { useTranslations } from 'use-intl'
import { Checkbox } from '@/components/ui/checkbox'
import { SharingBar } from '@/components/ui/sharing-bar'
import { UntrustedText } from '@/components/ui/untrusted-text'
import type { AuditGroup, EntryGroup } from '@/lib/util/audit-view'
import { plainUntrusted } from '@/lib/util/untrusted-text'
import { useAuditContext } from './audit-context'
import { StandingBadge } from './standing-badge'

interface AuditGroupRowProps {
  ref?: Ref<HTMLTableRowElement>
  index: number
  group: EntryGroup
  by: AuditGroup
  isCursor: boolean
  tick?: { label: string; isAll: boolean; isSome: boolean; onToggle: () => void } | null
  onFold: () => void
  onPress: () => void
}

/** The longest bar of the heads: so many members or more. */
const barScale = 24

/** The head of a group: what it is about, how much it holds, and the way to fold it. */
export function AuditGroupRow(props: AuditGroupRowProps) {
  const { ref, index, group, by, isCursor, tick, onFold, onPress } = props
  const t = useTranslations('audit.table')
  const { data, projects } = useAuditContext()
  const image = by === 'image' ? data.images[data.imageAt.get(group.id) ?? -1] : undefined
  const project = projects.get(group.id)
  const known = by === 'image' ? image?.name : project?.name
  const missing = by === 'image' ? t('unnamed') : by === 'owner' ? t('noOwner') : t('noRecipient')
  const name = known || group.id || missing
  const Icon = group.isFolded ? ChevronRight : ChevronDown
  const { accepted, pending, rejected } = group
  return (
    <tr
      ref={ref}
      data-index={index}
      tabIndex={-1}
      aria-rowindex={index + 2}
      onClick={(event) => {
        onPress()
        if (!(event.target as Element).closest('button, input, label')) onFold()
      }}
      className="group relative h-10 cursor-pointer outline-none @max-2xl:block"
    >
      {/* One cell over the whole row: a span over columns that are hidden would make new ones. */}
      <td className="p-0 @max-2xl:block @max-2xl:h-10">
        <div
          className={clsx(
            'absolute inset-0 flex items-center gap-2 border-line border-b px-4 group-focus-visible:shadow-[inset_3px_0_0_var(--focus)] @2xl:pr-6 @2xl:pl-5',
            isCursor ? 'bg-hover' : 'bg-sunken',
          )}
        >
          {!!tick && (
            <Checkbox
              aria-label={tick.label}
              checked={tick.isAll}
              isIndeterminate={tick.isSome && !tick.isAll}
              onChange={tick.onToggle}
            />
          )}
          <button
            type="button"
            aria-expanded={!group.isFolded}
            aria-label={t(group.isFolded ? 'unfold' : 'fold', { name: plainUntrusted(name, 64) })}
            onClick={onFold}
            className="inline-grid size-6 flex-none place-items-center rounded-sm text-ink-3 hover:text-ink"
          >
            <Icon className="size-4" />
          </button>
          <span className="min-w-0 truncate font-semibold">
            {name === missing ? (
              <span className="text-ink-3">{missing}</span>
            ) : (
              <UntrustedText text={name} className={known ? undefined : 'font-mono text-sm'} />
            )}
          </span>
          {by !== 'image' && <StandingBadge standing={project?.standing} />}
          <span className="ml-auto flex flex-none items-center gap-3 text-ink-2 text-sm">
            <span className="max-sm:hidden">
              <SharingBar
                {...{ accepted, pending, rejected }}
                scale={Math.max(barScale, group.members)}
                width={96}
                label={t('bar', { accepted, pending, rejected })}
              />
            </span>
            {by !== 'image' && (
              <span className="w-20 text-right max-sm:hidden">
                {t('groupImages', { count: group.images })}
              </span>
            )}
            <span className="min-w-24 text-right">{t('groupMembers', { count: group.members })}</span>
          </span>
        </div>
      </td>
    </tr>
  )
}
