'use client'
import Link from 'next/link'
import { useMemo, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Section } from '@/components/layout/section'
import { Button } from '@/components/ui/button'
import { buttonClass } from '@/components/ui/button-styles'
import { UntrustedText } from '@/components/ui/untrusted-text'
import type { MemberLimit } from '@/lib/contracts/images'
import type { Scope } from '@/lib/contracts/scope'
import { paths } from '@/lib/paths'
import { listObstacles, type Obstacle } from '@/lib/util/share-plan'
import { plainUntrusted } from '@/lib/util/untrusted-text'
import type { Composer } from './use-composer'

const shownObstacles = 12

interface ObstaclesProps {
  scope: Scope
  composer: Composer
  memberLimit: MemberLimit
  nameOf: (project: string) => string
}

/** Which pairs can't be, why, and what takes them out of the way. They are not sent in any case. */
export function Obstacles({ scope, composer, memberLimit, nameOf }: ObstaclesProps) {
  const t = useTranslations('share.impossible')
  const [isAll, setAll] = useState(false)
  const obstacles = useMemo(() => listObstacles(composer.plan), [composer.plan])
  const shown = isAll ? obstacles : obstacles.slice(0, shownObstacles)
  if (obstacles.length === 0) return null
  return (
    <Section title={t('heading')}>
      <ul className="border-line border-t">
        {shown.map((obstacle) => (
          <ObstacleRow
            key={`${obstacle.kind} ${obstacle.kind === 'image' ? obstacle.image : obstacle.project} ${obstacle.reason}`}
            {...{ scope, composer, memberLimit, nameOf, obstacle }}
          />
        ))}
      </ul>
      {obstacles.length > shown.length && (
        <Button variant="link" className="self-start" onClick={() => setAll(true)}>
          {t('showAll', { count: obstacles.length - shown.length })}
        </Button>
      )}
    </Section>
  )
}

function ObstacleRow({
  scope,
  composer,
  memberLimit,
  nameOf,
  obstacle,
}: ObstaclesProps & { obstacle: Obstacle }) {
  const t = useTranslations('share.impossible')
  const image = obstacle.kind === 'image' ? composer.images[obstacle.image] : undefined
  const project = obstacle.kind === 'project' ? composer.projects[obstacle.project] : undefined
  const name = image ? image.name : nameOf(project ?? '')
  const plain = plainUntrusted(name)
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 border-line border-b py-2.5">
      <span className="min-w-0 basis-52 max-md:basis-full">
        <UntrustedText text={name} max={48} className="font-semibold" />
        <span className="block text-ink-3 text-sm">{reachOf(t, obstacle, composer)}</span>
      </span>
      <span className="min-w-0 flex-1 basis-56 text-ink-2">
        {t(`reasons.${obstacle.reason}`, {
          limit: memberLimit ?? 0,
          visibility: image?.visibility ?? 'unknown',
        })}
      </span>
      <span className="flex flex-none gap-4">
        {image && obstacle.reason === 'not_shareable' && image.visibility === 'private' && (
          // Beside this page: here the recipients would be lost.
          <Link
            href={paths.image(scope, image.id)}
            target="_blank"
            className={buttonClass({ size: 'sm', variant: 'link' })}
          >
            {t('openImage')}
          </Link>
        )}
        {!!image && (
          <Button
            size="sm"
            aria-label={t('removeImageLabel', { name: plain })}
            onClick={() => composer.removeImages([image.id])}
          >
            {t('removeImage')}
          </Button>
        )}
        {!!project && (
          <Button
            size="sm"
            aria-label={t('removeProjectLabel', { name: plain })}
            onClick={() => composer.removeProject(project)}
          >
            {t('removeProject')}
          </Button>
        )}
      </span>
    </li>
  )
}

function reachOf(
  t: ReturnType<typeof useTranslations<'share.impossible'>>,
  obstacle: Obstacle,
  composer: Composer,
): string {
  if (obstacle.kind === 'project') return t('allImages', { count: obstacle.images.length })
  const count = obstacle.projects.length
  if (count === 0) return ''
  return t(count === composer.projects.length ? 'allProjects' : 'someProjects', { count })
}
