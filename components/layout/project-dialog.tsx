'use client'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Dialog } from '@/components/ui/dialog'
import { Select } from '@/components/ui/select'
import type { Scope } from '@/lib/contracts/scope'
import type { SessionView } from '@/lib/contracts/session'
import { ProjectList } from './project-list'

interface ProjectDialogProps {
  isOpen: boolean
  onClose: () => void
  session: SessionView | undefined
  scope: Scope | null
  onChoose: (scope: Scope) => void
}

/** Picks another project, or another region of it. */
export function ProjectDialog({ isOpen, onClose, session, scope, onChoose }: ProjectDialogProps) {
  const t = useTranslations('common.switcher')
  const tc = useTranslations('common')
  const [picked, setPicked] = useState<string | null>(null)
  const regions = session?.regions ?? []
  const here = scope?.region ?? regions[0]
  const region = picked ?? here

  const close = () => {
    setPicked(null)
    onClose()
  }
  const choose = (project: string) => {
    if (!session || !region) return
    setPicked(null)
    onChoose({ cloud: session.cloud, region, project })
  }

  return (
    <Dialog isOpen={isOpen} onClose={close} title={t('title')} closeLabel={tc('close')} isLightDismiss>
      {regions.length > 1 && (
        <Select
          className="mb-3"
          label={t('region')}
          options={regions.map((name) => ({ value: name, label: name }))}
          value={region}
          onChange={(event) => setPicked(event.target.value)}
        />
      )}
      <ProjectList
        projects={session?.projects ?? []}
        isTruncated={session?.projectsTruncated ?? false}
        current={region === here ? (scope?.project ?? null) : null}
        onChoose={choose}
      />
    </Dialog>
  )
}
