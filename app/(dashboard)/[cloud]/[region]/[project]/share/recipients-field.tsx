'use client'
import { type KeyboardEvent, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import { TextArea } from '@/components/ui/text-area'
import { parseProjects, type RejectedEntry } from '@/lib/util/parse-projects'
import { maxTargetsPerJob } from '@/lib/util/share-plan'
import { RejectedEntries } from './rejected-entries'

/** Room for the longest list a job takes, names in it included. */
const maxCharacters = 200_000

interface RecipientsFieldProps {
  projects: readonly string[]
  own: string
  known: readonly { id: string; name: string }[]
  /** What is in the field, kept by the caller because it stops the start. */
  text: string
  onText: (text: string) => void
  onAdd: (ids: string[]) => void
}

/** Takes one id or a pasted list. What is no id stays in the field with the reason, until it is mended or removed. */
export function RecipientsField({ projects, own, known, text, onText, onAdd }: RecipientsFieldProps) {
  const t = useTranslations('share.recipients')
  const [last, setLast] = useState<{ added: number; duplicates: number } | null>(null)
  const parse = (given: string) =>
    parseProjects(given, { present: projects, own, known, max: maxTargetsPerJob })
  const isTooLong = text.length > maxCharacters
  // Judged once it was tried, then as one types: nobody wants to be told of an id half written.
  const rejected = last && !isTooLong ? parse(text).rejected : []

  const add = (given: string) => {
    if (given.trim() === '' || given.length > maxCharacters) return
    const parsed = parse(given)
    onAdd(parsed.ids)
    onText(parsed.rejected.map((entry) => entry.text).join('\n'))
    setLast({ added: parsed.ids.length, duplicates: parsed.duplicates })
  }

  const handleKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    add(text)
  }

  const takeAll = () =>
    add(rejected.reduce((rest, entry) => swap(rest, entry, entry.suggestion ?? entry.text), text))

  return (
    <div className="flex flex-col gap-2">
      <TextArea
        label={t('label')}
        hint={t('hint')}
        error={isTooLong ? t('tooLong', { max: maxTargetsPerJob }) : null}
        isMono
        rows={3}
        placeholder={t('placeholder')}
        value={text}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => onText(event.target.value)}
        onKeyDown={handleKeyDown}
      />
      <div className="flex flex-wrap items-center gap-2">
        <Button size="sm" onClick={() => add(text)}>
          {t('add')}
        </Button>
        <p role="status" className="min-w-0 flex-1 text-ink-2 text-sm">
          {!!last && t('added', { count: last.added })}
          {last && last.duplicates > 0 && ` ${t('duplicates', { count: last.duplicates })}`}
        </p>
      </div>
      {rejected.length > 0 && (
        <RejectedEntries
          entries={rejected}
          onTake={(entry) => add(swap(text, entry, entry.suggestion ?? entry.text))}
          onTakeAll={takeAll}
          onDrop={(entry) => onText(swap(text, entry, ''))}
        />
      )}
    </div>
  )
}

/** Puts something else in the place of one entry. After a try each entry has a line of its own. */
function swap(text: string, entry: RejectedEntry, by: string): string {
  const lines = text.split('\n')
  const at = lines.findIndex((line) => line.trim() === entry.text)
  if (at < 0) return text.replace(entry.text, () => by)
  return lines.flatMap((line, index) => (index !== at ? [line] : by === '' ? [] : [by])).join('\n')
}
