'use client'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { ConfirmDialog } from '@/components/feedback/confirm-dialog'
import { useFailureWords } from '@/components/feedback/failure-words'
import { Notice } from '@/components/feedback/notice'
import { useJobToast } from '@/components/feedback/use-job-toast'
import { TextArea } from '@/components/ui/text-area'
import type { ImageView } from '@/lib/contracts/images'
import type { Scope } from '@/lib/contracts/scope'
import { useStartJob } from '@/lib/queries/use-jobs'
import { useSession } from '@/lib/queries/use-session'
import type { PendingAccess } from '@/lib/util/capability-list'
import { parseProjects, type RejectedEntry } from '@/lib/util/parse-projects'
import { plainUntrusted } from '@/lib/util/untrusted-text'
import { ProjectTicks } from './project-ticks'
import { ShareCautions } from './share-cautions'

/** One image can be given to no more at once; the composer is the place for more. */
const maxProjects = 2_000
const shownRefusals = 6

interface AddDialogProps {
  scope: Scope
  data: ImageView
  /** What may be said of an image that is not accepted. */
  access: PendingAccess
  /** The cloud refuses ids that are no project's. */
  checksIds: boolean
  onClose: () => void
}

/** Shares one image: ids typed or pasted, or ticked among the projects this person is in. */
export function AddDialog({ scope, data, access, checksIds, onClose }: AddDialogProps) {
  const { image, members, memberLimit } = data
  const t = useTranslations('image.add')
  const { data: session } = useSession()
  const [text, setText] = useState('')
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set())
  const start = useStartJob()
  const failureWords = useFailureWords()
  const tell = useJobToast()

  const present = members.members.map(({ project }) => project)
  const limit = memberLimit ?? maxProjects
  const typed = parseProjects(text, {
    present: [...present, ...ticked],
    own: scope.project,
    known: session?.projects ?? [],
    max: limit,
  })
  const projects = [...ticked, ...typed.ids]
  const reason = typed.rejected.length > 0 ? t('refused', { count: typed.rejected.length }) : null

  const share = async () => {
    const request = { scope, kind: 'share' as const, images: [image.id], projects }
    try {
      tell(await start.mutateAsync(request))
      return null
    } catch (error) {
      return failureWords(error)
    }
  }

  return (
    <ConfirmDialog
      isOpen
      width="md"
      onClose={onClose}
      title={t('title')}
      confirmLabel={t('confirm', { count: projects.length })}
      disabledReason={reason ?? (projects.length === 0 ? t('nothing') : null)}
      onConfirm={share}
    >
      <TextArea
        label={t('ids')}
        hint={t('hint')}
        isMono
        rows={3}
        value={text}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => setText(event.target.value)}
      />
      <div role="status" className="flex flex-col gap-2 text-sm empty:hidden">
        {typed.duplicates > 0 && <p>{t('duplicates', { count: typed.duplicates })}</p>}
        {reason === null ? null : <Refusals entries={typed.rejected} title={reason} limit={limit} />}
      </div>
      <ProjectTicks
        projects={(session?.projects ?? []).filter(
          ({ id, enabled }) => enabled && id !== scope.project && !present.includes(id),
        )}
        ticked={ticked}
        onTick={setTicked}
      />
      <ShareCautions image={image} className="flex flex-col gap-2" />
      <p>{t('truths', { access })}</p>
      <p>{t(checksIds ? 'nobodyToldChecked' : 'nobodyTold')}</p>
    </ConfirmDialog>
  )
}

interface RefusalsProps {
  entries: readonly RejectedEntry[]
  title: string
  limit: number
}

function Refusals({ entries, title, limit }: RefusalsProps) {
  const t = useTranslations('image.add.reasons')
  return (
    <Notice tone="warning" title={title}>
      <ul>
        {entries.slice(0, shownRefusals).map(({ text, reason }) => (
          <li key={text}>{t(reason, { text: plainUntrusted(text, 40), limit })}</li>
        ))}
      </ul>
    </Notice>
  )
}
