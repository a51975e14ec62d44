'use client'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { ConfirmDialog } from '@/components/feedback/confirm-dialog'
import { TextField } from '@/components/ui/text-field'
import type { Offer } from '@/lib/contracts/incoming'
import { needsVault } from '@/lib/util/offers'
import { plainUntrusted } from '@/lib/util/untrusted-text'

interface VaultDialogProps {
  offers: readonly Offer[]
  region: string
  /** Answers with the reason when it was refused. */
  onAccept: (vaultId: string) => Promise<string | null>
  onClose: () => void
}

/** Asks once for the vault that images of whole servers are accepted into. What was typed stays after a refusal. */
export function VaultDialog({ offers, region, onAccept, onClose }: VaultDialogProps) {
  const t = useTranslations('incoming.vault')
  const [typed, setTyped] = useState('')
  const vaultId = typed.trim()
  const wrong = vaultId === '' || /^[A-Za-z0-9-]{1,64}$/.test(vaultId) ? null : t('wrong')
  const count = offers.length
  const full = offers.filter(needsVault).length
  const name = plainUntrusted(offers[0]?.image.name ?? '', 48)

  return (
    <ConfirmDialog
      isOpen
      isEnterConfirming
      width="md"
      onClose={onClose}
      title={t('title', { count, name })}
      confirmLabel={t('confirm', { count })}
      disabledReason={vaultId === '' ? t('missing') : wrong}
      onConfirm={() => onAccept(vaultId)}
    >
      <p>{full < count ? t('mixed', { count, full, rest: count - full }) : t(count === 1 ? 'one' : 'all')}</p>
      <TextField
        label={t('label')}
        hint={t('hint', { region })}
        error={wrong}
        isMono
        autoComplete="off"
        spellCheck={false}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
    </ConfirmDialog>
  )
}
