'use client'
import clsx from 'clsx'
import { ExternalLink, Image as ImageIcon, UserMinus, Users } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { Section } from '@/components/layout/section'
import { Button } from '@/components/ui/button'
import { buttonClass } from '@/components/ui/button-styles'
import { CopyText } from '@/components/ui/copy-text'
import { SidePanel } from '@/components/ui/side-panel'
import { UntrustedText } from '@/components/ui/untrusted-text'
import type { AuditFindings } from '@/lib/contracts/audits'
import { paths } from '@/lib/paths'
import { kindsAt } from '@/lib/util/audit-filter'
import { canStop } from '@/lib/util/audit-selection'
import { type Opened, useAuditContext } from './audit-context'
import { ImageFacts, ProjectFacts, ShareFacts } from './audit-facts'
import { useFindingName } from './finding-words'
import { useReadOnlySources } from './use-read-only-sources'

interface AuditPanelProps {
  opened: Opened
  findings: AuditFindings | undefined
  onEveryone: (imageId: string) => void
  onEverything: (projectId: string) => void
  /** Ends the share of a row. */
  onStop: (row: number) => void
  onClose: () => void
}

/** A row of the audit with all that was read of it, and where to go from there. */
export function AuditPanel({ opened, findings, onEveryone, onEverything, onStop, onClose }: AuditPanelProps) {
  const t = useTranslations('audit.panel')
  const tt = useTranslations('audit.table')
  const tc = useTranslations('common')
  const { scope, audit, data } = useAuditContext()
  const readOnly = useReadOnlySources(audit)
  const nameOf = useFindingName(scope)
  const imageAt = data.imageAt.get(opened.image) ?? -1
  const projectAt = data.projectAt.get(opened.project ?? '') ?? -1
  const image = data.images[imageAt]
  const row = rowOf(data, imageAt, projectAt)
  const kinds = kindsAt(findings, opened.image, opened.project)
  return (
    <SidePanel
      title={image?.name ? <UntrustedText text={image.name} max={80} /> : tt('unnamed')}
      detail={
        <CopyText text={opened.image} label={tc('copy', { what: t('id') })} copiedLabel={tc('copied')} />
      }
      onClose={onClose}
      closeLabel={t('close')}
      footer={
        row !== null &&
        canStop(data, row, readOnly) && (
          <Button variant="danger-quiet" onClick={() => onStop(row)}>
            <UserMinus className="size-4" />
            {t('stop')}
          </Button>
        )
      }
    >
      <div className="flex flex-col gap-5">
        {row !== null && <ShareFacts row={row} />}
        {kinds.length > 0 && (
          <Section title={t('findings')}>
            <ul className="flex list-inside list-disc flex-col gap-1 text-danger-ink">
              {kinds.map((kind) => (
                <li key={kind}>{nameOf(kind)}</li>
              ))}
            </ul>
          </Section>
        )}
        {opened.project !== null && (
          <Section title={t('recipient')}>
            <ProjectFacts id={opened.project} />
            <Go onClick={() => onEverything(opened.project ?? '')}>
              <ImageIcon />
              {t('everything')}
            </Go>
          </Section>
        )}
        {!!image && (
          <Section title={t('image')}>
            <ImageFacts image={image} />
            <Go onClick={() => onEveryone(image.id)}>
              <Users />
              {t('everyone')}
            </Go>
            {image.side === 'owner' && image.owner === image.via && (
              <Link
                href={paths.image({ ...scope, project: image.via }, image.id)}
                prefetch={false}
                className={clsx(buttonClass({ variant: 'link', size: 'sm' }), 'self-start')}
              >
                <ExternalLink className="size-4" />
                {t('openImage')}
              </Link>
            )}
          </Section>
        )}
      </div>
    </SidePanel>
  )
}

function Go({ children, onClick }: { children: ReactNode; onClick: () => void }) {
  return (
    <Button variant="link" size="sm" onClick={onClick} className="self-start [&>svg]:size-4">
      {children}
    </Button>
  )
}

/** The row of a pair: the first where the cloud lists it twice. */
function rowOf({ image, project, size }: AuditColumns, imageAt: number, projectAt: number): number | null {
  if (imageAt === -1 || projectAt === -1) return null
  for (let row = 0; row < size; row++) {
    if (image[row] === imageAt && project[row] === projectAt) return row
  }
  return null
}

type AuditColumns = Pick<ReturnType<typeof useAuditContext>['data'], 'image' | 'project' | 'size'>
