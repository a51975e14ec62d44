'use client'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Checkbox } from '@/components/ui/checkbox'
import { SearchField } from '@/components/ui/search-field'
import { UntrustedText } from '@/components/ui/untrusted-text'
import type { ProjectRef } from '@/lib/contracts/scope'

const searchFrom = 8
const shownAtMost = 100

interface ProjectTicksProps {
  projects: readonly ProjectRef[]
  ticked: ReadonlySet<string>
  onTick: (ticked: ReadonlySet<string>) => void
}

/** The projects this person is in, to tick. */
export function ProjectTicks({ projects, ticked, onTick }: ProjectTicksProps) {
  const t = useTranslations('image.add')
  const tm = useTranslations('image.members')
  const [search, setSearch] = useState('')
  if (projects.length === 0) return null

  const text = search.trim().toLowerCase()
  const shown = projects.filter(({ id, name }) => name.toLowerCase().includes(text) || id.includes(text))
  const toggle = (id: string) => {
    const next = new Set(ticked)
    if (!next.delete(id)) next.add(id)
    onTick(next)
  }
  return (
    <fieldset className="flex min-w-0 flex-col gap-2">
      <legend className="mb-2 font-medium text-ink">{t('mine')}</legend>
      {projects.length >= searchFrom && (
        <SearchField
          label={t('search')}
          placeholder={t('search')}
          clearLabel={tm('clear')}
          value={search}
          onChange={setSearch}
        />
      )}
      <ul className="flex max-h-48 flex-col gap-0.5 overflow-y-auto">
        {shown.slice(0, shownAtMost).map(({ id, name }) => (
          <li key={id}>
            <Checkbox
              checked={ticked.has(id)}
              onChange={() => toggle(id)}
              label={
                <span className="flex flex-wrap items-baseline gap-x-2">
                  <UntrustedText text={name} className="text-ink" />
                  <span className="font-mono text-xs">{id}</span>
                </span>
              }
            />
          </li>
        ))}
      </ul>
      {shown.length === 0 && <p className="text-sm">{t('noMatch', { search })}</p>}
    </fieldset>
  )
}
