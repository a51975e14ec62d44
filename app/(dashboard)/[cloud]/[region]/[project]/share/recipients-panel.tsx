'use client'
import { Users } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Section } from '@/components/layout/section'
import { Button } from '@/components/ui/button'
import { RemovableChip } from '@/components/ui/chip'
import { UntrustedText } from '@/components/ui/untrusted-text'
import type { ProjectRef } from '@/lib/contracts/scope'
import { plainUntrusted } from '@/lib/util/untrusted-text'
import { RecipientsField } from './recipients-field'
import type { Composer } from './use-composer'

const ProjectPicker = dynamic(() => import('./project-picker').then((module) => module.ProjectPicker), {
  ssr: false,
})

/** Chips beyond this are counted: the table of the plan has them all. */
const shownChips = 120

interface RecipientsPanelProps {
  composer: Composer
  own: string
  known: readonly ProjectRef[]
  isKnownTruncated: boolean
  nameOf: (project: string) => string
  /** The cloud refuses ids that are no project's. */
  checksIds: boolean
  /** Told when text is left in the field, or no longer; not at each key, because the plan hangs on the caller. */
  onHasText: (hasText: boolean) => void
}

/** Who gets the images: typed, pasted or picked. */
export function RecipientsPanel(props: RecipientsPanelProps) {
  const { composer, own, known, isKnownTruncated, nameOf, checksIds, onHasText } = props
  const t = useTranslations('share.recipients')
  const [isPicking, setPicking] = useState(false)
  const [text, setText] = useState('')
  const { projects } = composer
  const handleText = (next: string) => {
    setText(next)
    onHasText(next.trim() !== '')
  }
  return (
    <Section
      title={t('heading')}
      actions={
        <Button size="sm" onClick={() => setPicking(true)}>
          <Users className="size-3.5" />
          {t('pick')}
        </Button>
      }
    >
      <RecipientsField {...{ projects, own, known, text }} onText={handleText} onAdd={composer.addProjects} />
      <div className="flex min-h-7 items-center justify-between gap-2">
        <p className="text-ink-2">{t('count', { count: projects.length })}</p>
        {projects.length > 1 && (
          <Button size="sm" variant="link" onClick={composer.removeAllProjects}>
            {t('removeAll')}
          </Button>
        )}
      </div>
      <ul aria-label={t('list')} className="flex max-h-56 flex-wrap gap-1.5 overflow-y-auto empty:hidden">
        {projects.slice(0, shownChips).map((id) => (
          <li key={id} className="max-w-full" title={id}>
            <RemovableChip
              removeLabel={t('remove', { name: plainUntrusted(nameOf(id)) })}
              onRemove={() => composer.removeProject(id)}
            >
              <UntrustedText text={nameOf(id)} max={40} />
            </RemovableChip>
          </li>
        ))}
        {projects.length > shownChips && (
          <li className="px-1 py-1 text-ink-3 text-sm">
            {t('moreChips', { count: projects.length - shownChips })}
          </li>
        )}
      </ul>
      <p className="text-ink-3 text-sm">{t(checksIds ? 'verified' : 'unverified')}</p>
      {!!isPicking && (
        <ProjectPicker
          projects={known}
          isTruncated={isKnownTruncated}
          present={[own, ...projects]}
          onAdd={composer.addProjects}
          onClose={() => setPicking(false)}
        />
      )}
    </Section>
  )
}
