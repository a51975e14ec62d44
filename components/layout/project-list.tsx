'use client'
import clsx from 'clsx'
import { type KeyboardEvent, useId, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Badge } from '@/components/ui/badge'
import { INPUT_CLASS } from '@/components/ui/field-styles'
import { UntrustedText } from '@/components/ui/untrusted-text'
import type { ProjectRef } from '@/lib/contracts/scope'

/** More than anybody reads; the search narrows them down. */
const shownAtMost = 100

interface ProjectListProps {
  projects: readonly ProjectRef[]
  isTruncated: boolean
  current: string | null
  onChoose: (project: string) => void
}

/** A search field that steers a listbox: type, up and down, Enter. */
export function ProjectList({ projects, isTruncated, current, onChoose }: ProjectListProps) {
  const t = useTranslations('common.switcher')
  const listId = useId()
  const [search, setSearch] = useState('')
  const [wanted, setWanted] = useState(0)

  const text = search.trim().toLowerCase()
  const found = projects.filter(({ id, name }) => name.toLowerCase().includes(text) || id.includes(text))
  const shown = found.slice(0, shownAtMost)
  const active = Math.min(wanted, shown.length - 1)
  const optionId = (index: number) => `${listId}-${index}`

  const moveTo = (index: number) => {
    setWanted(index)
    document.getElementById(optionId(index))?.scrollIntoView({ block: 'nearest' })
  }
  const choose = (project: ProjectRef | undefined) => {
    if (project?.enabled) onChoose(project.id)
  }
  const handleKeyDown = (event: KeyboardEvent) => {
    const last = shown.length - 1
    const targets: Record<string, number> = {
      ArrowDown: active >= last ? 0 : active + 1,
      ArrowUp: active <= 0 ? last : active - 1,
    }
    const target = targets[event.key]
    if (target !== undefined) moveTo(target)
    else if (event.key === 'Enter') choose(shown[active])
    else return
    event.preventDefault()
  }

  return (
    <>
      <input
        role="combobox"
        aria-label={t('search')}
        aria-expanded="true"
        aria-controls={listId}
        aria-activedescendant={active >= 0 ? optionId(active) : undefined}
        placeholder={t('search')}
        autoComplete="off"
        spellCheck={false}
        value={search}
        onChange={(event) => {
          setSearch(event.target.value)
          setWanted(0)
        }}
        onKeyDown={handleKeyDown}
        className={clsx(INPUT_CLASS, 'h-8 max-md:h-10')}
      />
      <div role="listbox" id={listId} aria-label={t('projects')} tabIndex={-1} className="-mx-2 mt-2">
        {shown.map((project, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard steers from the search field.
          <div
            key={project.id}
            id={optionId(index)}
            role="option"
            tabIndex={-1}
            aria-selected={project.id === current}
            aria-disabled={!project.enabled || undefined}
            onClick={() => choose(project)}
            onPointerMove={() => setWanted(index)}
            className={clsx(
              'flex items-center gap-2 rounded-md px-2 py-1.5',
              index === active && 'bg-hover',
              project.enabled ? 'cursor-pointer text-ink' : 'cursor-not-allowed text-ink-3',
            )}
          >
            <span className="min-w-0 flex-1">
              <span className="block truncate font-medium">
                <UntrustedText text={project.name} max={60} />
              </span>
              <span className="block truncate font-mono text-ink-3 text-xs">{project.id}</span>
            </span>
            {project.id === current && <Badge tone="accent">{t('current')}</Badge>}
            {!project.enabled && <Badge>{t('disabled')}</Badge>}
          </div>
        ))}
      </div>
      <div role="status" className="text-ink-3 text-sm [&>p]:mt-2">
        {projects.length === 0 && <p>{t('empty')}</p>}
        {projects.length > 0 && found.length === 0 && <p>{t('noMatch', { search })}</p>}
        {found.length > shown.length && <p>{t('more', { count: found.length - shown.length })}</p>}
        {!!isTruncated && <p>{t('truncated')}</p>}
      </div>
    </>
  )
}
