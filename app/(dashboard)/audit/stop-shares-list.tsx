'use client'
import { useTranslations } from 'use-intl'
import { UntrustedText } from '@/components/ui/untrusted-text'
import { isNobody } from '@/lib/util/audit-pivots'
import { useAuditContext } from './audit-context'
import type { ShareToStop } from './stop-shares-dialog'

const shownShares = 6

/** How many projects lose access to how many images, the first of them by name and id, and what that means for them. */
export function StopSharesList({ members }: { members: readonly ShareToStop[] }) {
  const t = useTranslations('auditReview')
  const { projects: told } = useAuditContext()
  const hit = members.filter(({ project }) => !isNobody(told.get(project)?.standing))
  const images = new Set(hit.map(({ imageId }) => imageId)).size
  const projects = new Set(hit.map(({ project }) => project)).size
  const nobodies = members.length - hit.length
  const rest = members.length - shownShares
  return (
    <>
      <p>
        {hit.length > 0 && t('stop.hit', { images, projects })}{' '}
        {nobodies > 0 && t(hit.length > 0 ? 'stop.nobodyElse' : 'stop.nobody', { count: nobodies })}
      </p>
      <ul className="flex flex-col gap-2 rounded-lg border border-line bg-canvas px-3 py-2">
        {members.slice(0, shownShares).map(({ imageId, imageName, project, projectName }) => (
          <li key={JSON.stringify([imageId, project])} className="min-w-0">
            <span className="block text-ink">
              {t.rich('stop.pairs', {
                image: () => <ImageName key="image" name={imageName} unnamed={t('unnamed')} />,
                project: () => (
                  <UntrustedText
                    key="project"
                    text={projectName ?? project}
                    max={48}
                    className={projectName === null ? 'font-mono text-xs' : 'font-semibold'}
                  />
                ),
              })}
            </span>
            {projectName !== null && (
              <UntrustedText text={project} max={64} className="block font-mono text-ink-3 text-xs" />
            )}
          </li>
        ))}
        {rest > 0 && <li>{t('stop.more', { count: rest })}</li>}
      </ul>
      {hit.length > 0 && <p>{t('stop.running')}</p>}
    </>
  )
}

function ImageName({ name, unnamed }: { name: string; unnamed: string }) {
  return name === '' ? unnamed : <UntrustedText text={name} max={48} className="font-semibold" />
}
