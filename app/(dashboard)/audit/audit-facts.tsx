'use client'
import { useTranslations } from 'use-intl'
import { useImageStatusWords } from '@/components/feedback/use-image-status-words'
import { type Fact, FactList } from '@/components/layout/section'
import { CopyText } from '@/components/ui/copy-text'
import { UntrustedText } from '@/components/ui/untrusted-text'
import type { AuditImageFacts } from '@/lib/util/audit-data'
import { formatUtc, parseTime } from '@/lib/util/format-time'
import { AgeCell, AnswerCell } from './audit-cells'
import { useAuditContext } from './audit-context'

/** A moment of the audit, exact. */
const moment = (ms: number | null, untold: string) =>
  ms === null || Number.isNaN(ms) ? untold : formatUtc(ms)

/** How a share stands. */
export function ShareFacts({ row }: { row: number }) {
  const t = useTranslations('audit.panel')
  const tt = useTranslations('audit.table')
  const { data } = useAuditContext()
  const facts: Fact[] = [
    { key: 'answer', label: t('answer'), value: <AnswerCell entry={row} /> },
    { key: 'shared', label: t('shared'), value: moment(data.sharedAt[row] as number, tt('notTold')) },
  ]
  if (data.status[row] !== 0) {
    facts.push({
      key: 'answered',
      label: t('answered'),
      value: moment(data.answeredAt[row] as number, tt('notTold')),
    })
  }
  if (!Number.isNaN(data.sharedAt[row])) {
    facts.push({ key: 'age', label: t('age'), value: <AgeCell entry={row} /> })
  }
  return <FactList facts={facts} />
}

/** What the identity service says of a project. */
export function ProjectFacts({ id }: { id: string }) {
  const t = useTranslations('audit.panel')
  const tc = useTranslations('common')
  const { projects } = useAuditContext()
  const project = projects.get(id)
  const facts: Fact[] = [
    {
      key: 'id',
      label: t('projectId'),
      value: (
        <CopyText text={id} isWhole label={tc('copy', { what: t('projectId') })} copiedLabel={tc('copied')} />
      ),
    },
    { key: 'standing', label: t('standing'), value: t(`standings.${project?.standing ?? 'not_told'}`) },
  ]
  if (project?.name)
    facts.unshift({ key: 'name', label: t('name'), value: <UntrustedText text={project.name} /> })
  const domain = project?.domainName ?? project?.domainId
  if (domain) facts.push({ key: 'domain', label: t('domain'), value: <UntrustedText text={domain} /> })
  return <FactList facts={facts} />
}

/** What was read of an image. */
export function ImageFacts({ image }: { image: AuditImageFacts }) {
  const t = useTranslations('audit.panel')
  const tt = useTranslations('audit.table')
  const tc = useTranslations('common')
  const statusWords = useImageStatusWords()
  const { projects } = useAuditContext()
  const owner = image.owner
  const facts: Fact[] = [
    {
      key: 'owner',
      label: t('owner'),
      value: owner === null ? tt('noOwner') : <UntrustedText text={projects.get(owner)?.name ?? owner} />,
    },
    { key: 'visibility', label: t('visibility'), value: tc(`visibility.${image.visibility}`) },
    {
      key: 'status',
      label: t('status'),
      value: image.hidden ? `${statusWords(image.status)}, ${t('hidden')}` : statusWords(image.status),
    },
    { key: 'created', label: t('created'), value: moment(parseTime(image.createdAt), tt('notTold')) },
    { key: 'updated', label: t('updated'), value: moment(parseTime(image.updatedAt), tt('notTold')) },
  ]
  return <FactList facts={facts} />
}
