'use client'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Checkbox } from '@/components/ui/checkbox'
import { SearchField } from '@/components/ui/search-field'
import { UntrustedText } from '@/components/ui/untrusted-text'
import type { SharedRecipient } from '@/lib/util/sharing'

const statuses = ['accepted', 'pending', 'rejected'] as const

/** From so many on, a search helps. */
const searchFrom = 10

interface RecipientChoiceProps {
  recipients: readonly SharedRecipient[]
  imageCount: number
  chosen: ReadonlySet<string>
  setChosen: (chosen: ReadonlySet<string>) => void
}

/** The projects that have access, to tick. "All" means all of them, also those a search hides. */
export function RecipientChoice({ recipients, imageCount, chosen, setChosen }: RecipientChoiceProps) {
  const t = useTranslations('images.stop')
  const tf = useTranslations('images.filters')
  const [search, setSearch] = useState('')
  if (recipients.length === 0) return null

  const text = search.trim().toLowerCase()
  const shown = recipients.filter(
    ({ project, projectName }) =>
      project.toLowerCase().includes(text) || projectName?.toLowerCase().includes(text) === true,
  )
  const toggle = (project: string) => {
    const next = new Set(chosen)
    if (!next.delete(project)) next.add(project)
    setChosen(next)
  }
  const isAll = chosen.size === recipients.length

  return (
    <fieldset className="flex min-w-0 flex-col gap-2">
      <legend className="mb-2">{t('choose')}</legend>
      {recipients.length >= searchFrom && (
        <SearchField
          label={t('search')}
          placeholder={t('search')}
          clearLabel={tf('clear')}
          value={search}
          onChange={setSearch}
        />
      )}
      <Checkbox
        label={t('all', { count: recipients.length })}
        checked={isAll}
        isIndeterminate={chosen.size > 0 && !isAll}
        onChange={() => setChosen(new Set(isAll ? [] : recipients.map(({ project }) => project)))}
        className="font-medium text-ink"
      />
      <ul className="flex max-h-64 flex-col gap-1 overflow-y-auto border-line border-t pt-2">
        {shown.map((recipient) => (
          <li key={recipient.project}>
            <Checkbox
              checked={chosen.has(recipient.project)}
              onChange={() => toggle(recipient.project)}
              label={<RecipientLabel recipient={recipient} imageCount={imageCount} />}
            />
          </li>
        ))}
      </ul>
    </fieldset>
  )
}

function RecipientLabel({ recipient, imageCount }: { recipient: SharedRecipient; imageCount: number }) {
  const t = useTranslations('images.stop')
  const ts = useTranslations('common.status')
  const { project, projectName, images, counts } = recipient
  const answers = statuses.filter((status) => counts[status] > 0)
  const isEverywhere = images.length === imageCount
  return (
    <span className="flex min-w-0 flex-wrap items-baseline gap-x-2">
      {projectName === null ? null : <UntrustedText text={projectName} className="font-medium text-ink" />}
      <UntrustedText text={project} max={48} className="font-mono text-xs" />
      <span className="text-ink-3 text-sm">
        {imageCount === 1 ? (
          answers.map((status) => ts(status))
        ) : (
          <>
            {isEverywhere
              ? t('inAll', { count: imageCount })
              : t('inSome', { count: images.length, total: imageCount })}
            {images.length === 1
              ? answers.map((status) => ` · ${ts(status)}`)
              : counts.accepted > 0 && ` · ${t('accepted', { count: counts.accepted })}`}
          </>
        )}
      </span>
    </span>
  )
}
