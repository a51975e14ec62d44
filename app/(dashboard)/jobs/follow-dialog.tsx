'use client'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { ConfirmDialog } from '@/components/feedback/confirm-dialog'
import { useScopeOfShell } from '@/components/layout/current-scope'
import { TextField } from '@/components/ui/text-field'
import { UntrustedText } from '@/components/ui/untrusted-text'
import { paths } from '@/lib/paths'
import { useSession } from '@/lib/queries/use-session'
import { shortId } from '@/lib/util/format-id'

/** Asks for the id of one of the cloud's jobs and leads to its page. */
export function FollowDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations('cloudJob.follow')
  const router = useRouter()
  const scope = useScopeOfShell()
  const { data: session } = useSession()
  const [typed, setTyped] = useState('')
  const id = typed.trim()
  const isWrong = id !== '' && !/^[A-Za-z0-9_-]{1,64}$/.test(id)
  const project = session?.projects.find((one) => one.id === scope?.project)

  const follow = () => {
    if (scope) router.push(paths.cloudJob(scope, id))
    return Promise.resolve(null)
  }

  return (
    <ConfirmDialog
      isOpen
      isEnterConfirming
      width="md"
      onClose={onClose}
      title={t('title')}
      confirmLabel={t('confirm')}
      disabledReason={
        scope === null ? t('noProject') : id === '' ? t('missing') : isWrong ? t('wrong') : null
      }
      onConfirm={follow}
    >
      <p>{t('body')}</p>
      <TextField
        label={t('label')}
        hint={t('hint')}
        error={isWrong ? t('wrong') : null}
        isMono
        autoComplete="off"
        spellCheck={false}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      {scope !== null && (
        <p className="text-ink-3 text-sm">
          {t.rich('where', {
            project: () => (
              <UntrustedText
                key="project"
                text={project?.name ?? shortId(scope.project)}
                max={48}
                className="font-semibold text-ink-2"
              />
            ),
            region: scope.region,
          })}
        </p>
      )}
    </ConfirmDialog>
  )
}
