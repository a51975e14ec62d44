'use client'
import { useTranslations } from 'use-intl'
import { UntrustedText } from '@/components/ui/untrusted-text'
import type { ShareToStop } from './stop-shares-dialog'

const shownShares = 6

/** How many projects lose access to how many images, and the first of them by name and id. */
export function StopSharesList({ members }: { members: readonly ShareToStop[] }) {
  const t = useTranslations('auditReview')
  const images = new Set(members.map(({ imageId }) => imageId)).size
  const projects = new Set(members.map(({ project }) => project)).size
  const rest = members.length - shownShares
  return (
    <>
      <p>{t('stop.hit', { images, projects })}</p>
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
    </>
  )
}

function ImageName({ name, unnamed }: { name: string; unnamed: string }) {
  return name === '' ? unnamed : <UntrustedText text={name} max={48} className="font-semibold" />
}
