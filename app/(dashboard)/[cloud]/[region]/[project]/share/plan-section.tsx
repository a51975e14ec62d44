'use client'
import { Grid3x3 } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useTranslations } from 'use-intl'
import { EmptyState } from '@/components/feedback/empty-state'
import { useFailureText } from '@/components/feedback/failure-words'
import { Notice } from '@/components/feedback/notice'
import { Section } from '@/components/layout/section'
import { Button } from '@/components/ui/button'
import { Legend } from '@/components/ui/legend'
import { PairGrid } from '@/components/ui/pair-grid'
import { Spinner } from '@/components/ui/spinner'
import type { MemberLimit } from '@/lib/contracts/images'
import { planCells } from '@/lib/util/share-plan'
import { plainUntrusted } from '@/lib/util/untrusted-text'
import { PlanTable } from './plan-table'
import type { Composer } from './use-composer'

const legendOrder = ['new', 'accepted', 'pending', 'rejected', 'impossible'] as const

interface PlanSectionProps {
  composer: Composer
  memberLimit: MemberLimit
  nameOf: (project: string) => string
}

/** Every pair with what would happen to it, as a picture and as its table twin. */
export function PlanSection({ composer, memberLimit, nameOf }: PlanSectionProps) {
  const t = useTranslations('share.plan')
  const [isTable, setTable] = useState(false)
  const { images, projects, plan } = composer
  const cells = useMemo(() => planCells(plan), [plan])

  if (images.length === 0 || projects.length === 0) {
    return (
      <EmptyState icon={<Grid3x3 />} title={t('emptyTitle')}>
        {t('emptyBody')}
      </EmptyState>
    )
  }

  const used = (id: string) => {
    const members = composer.members.byId.get(id)
    if (!members || members.refused) return undefined
    const count = members.members.length
    return memberLimit === null ? t('members', { count }) : t('used', { used: count, limit: memberLimit })
  }
  const describe = (row: number, column: number) => {
    const pair = plan.rows[row]?.[column]
    if (!pair) return ''
    return t('pair', {
      image: plainUntrusted(images[row]?.name ?? ''),
      project: plainUntrusted(nameOf(projects[column] ?? '')),
      state: t(`states.${pair.state}`),
    })
  }

  return (
    <Section
      title={t('heading')}
      actions={
        <Button variant="link" size="sm" aria-pressed={isTable} onClick={() => setTable(!isTable)}>
          {t(isTable ? 'asGrid' : 'asTable')}
        </Button>
      }
    >
      <Legend
        label={t('legendLabel')}
        items={legendOrder
          .filter((state) => state === 'new' || plan.counts[state] > 0)
          .map((state) => ({ state, label: t(`legend.${state}`, { count: plan.counts[state] }) }))}
      />
      <Preflight members={composer.members} />
      {isTable ? (
        <PlanTable composer={composer} nameOf={nameOf} />
      ) : (
        <PairGrid
          label={t('grid', { images: images.length, projects: projects.length })}
          rows={images.map((image) => ({ id: image.id, name: image.name, detail: used(image.id) }))}
          columns={projects.map((id) => ({ id, label: nameOf(id) }))}
          cells={cells}
          describe={describe}
          hint={t('hint')}
        />
      )}
    </Section>
  )
}

/** How far the preflight is: it reads the members of every image that can have some. */
function Preflight({ members }: { members: Composer['members'] }) {
  const t = useTranslations('share.plan')
  const failure = useFailureText(members.error)
  return (
    <>
      <div role="status">
        {members.reading > 0 && (
          <p className="flex items-center gap-2 text-ink-2">
            <Spinner />
            {t('reading', { count: members.reading })}
          </p>
        )}
      </div>
      {members.failed > 0 && (
        <Notice
          tone="danger"
          title={t('readFailed', { count: members.failed })}
          actions={
            <Button size="sm" onClick={members.refetch}>
              {t('readAgain')}
            </Button>
          }
        >
          {failure}
        </Notice>
      )}
    </>
  )
}
