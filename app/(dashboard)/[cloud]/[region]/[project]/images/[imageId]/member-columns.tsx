import type { Column } from '@/components/table/columns'
import { RelativeTime } from '@/components/ui/relative-time'
import type { Member } from '@/lib/contracts/images'
import { Answered, MemberActs, MemberAnswer, MemberName } from './member-cells'

export const memberColumns = [
  { key: 'project', cell: (member) => <MemberName member={member} />, phone: 'title' },
  { key: 'status', cell: (member) => <MemberAnswer member={member} />, width: 'w-28', phone: 'fact' },
  {
    key: 'shared',
    cell: (member) => <RelativeTime at={member.sharedAt} className="text-ink-2" />,
    width: 'w-22',
    align: 'end',
    phone: 'fact',
  },
  {
    key: 'answered',
    cell: (member) => <Answered member={member} />,
    width: 'w-22',
    align: 'end',
  },
  {
    key: 'acts',
    cell: (member) => <MemberActs member={member} />,
    width: 'w-50',
    align: 'end',
    phone: 'wide',
  },
] as const satisfies readonly Column<Member>[]

export type MemberColumnKey = (typeof memberColumns)[number]['key']
