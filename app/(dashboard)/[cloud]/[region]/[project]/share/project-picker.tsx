'use client'
import { useTranslations } from 'use-intl'
import type { ProjectRef } from '@/lib/contracts/scope'
import { PickDialog } from './pick-dialog'

interface ProjectPickerProps {
  projects: readonly ProjectRef[]
  /** The cloud's list was cut. */
  isTruncated: boolean
  /** Recipients already, and the owner itself; they are left out. */
  present: readonly string[]
  onAdd: (ids: string[]) => void
  onClose: () => void
}

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

/** Adds recipients from the projects this person is in. */
export function ProjectPicker({ projects, isTruncated, present, onAdd, onClose }: ProjectPickerProps) {
  const t = useTranslations('share.projects')
  const taken = new Set(present)
  const free = projects
    .filter((project) => !taken.has(project.id))
    .sort((a, b) => collator.compare(a.name, b.name) || a.id.localeCompare(b.id))

  const find = (search: string) => {
    const part = search.toLowerCase()
    return free
      .filter((project) => project.name.toLowerCase().includes(part) || project.id.includes(part))
      .map((project) => ({
        id: project.id,
        name: project.name,
        detail: project.enabled ? undefined : t('disabled'),
      }))
  }

  return (
    <PickDialog
      onClose={onClose}
      title={t('title')}
      searchLabel={t('search')}
      listLabel={t('list')}
      find={find}
      addLabel={(count) => t('add', { count })}
      nothingTicked={t('nothingTicked')}
      moreLabel={(count) => t('more', { count })}
      emptyLabel={(search) => (search === '' ? t('none') : t('noMatch', { search }))}
      note={
        <>
          {t('only')} {!!isTruncated && t('truncated')}
        </>
      }
      onAdd={onAdd}
    />
  )
}
