import type { Column } from '@/components/table/columns'
import { RelativeTime } from '@/components/ui/relative-time'
import type { Member } from '@/lib/contracts/images'
import { Answered, MemberActs, MemberAnswer, MemberName } from './member-cells'

export const memberColumns = [
  { key: 'project', cell: (member) => <MemberName member={member} />, isSortable: true, phone: 'title' },
  {
    key: 'status',
    cell: (member) => <MemberAnswer member={member} />,
    width: 'w-26',
    isSortable: true,
    phone: 'fact',
  },
  {
    key: 'shared',
    cell: (member) => <RelativeTime at={member.sharedAt} className="text-ink-2" />,
    width: 'w-22',
    align: 'end',
    isSortable: true,
    phone: 'fact',
  },
  {
    key: 'answered',
    cell: (member) => <Answered member={member} />,
    width: 'w-25',
    align: 'end',
    isSortable: true,
  },
  {
    key: 'acts',
    cell: (member) => <MemberActs member={member} />,
    width: 'w-48',
    isHeadHidden: true,
    align: 'end',
    phone: 'end',
  },
] as const satisfies readonly Column<Member>[]

/** Without the acts. */
export const factColumns: readonly Column<Member, MemberColumnKey>[] = memberColumns.filter(
  ({ key }) => key !== 'acts',
)

export type MemberColumnKey = (typeof memberColumns)[number]['key']
