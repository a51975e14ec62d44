'use client'
import { CircleCheck, CircleX } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import { CopyText } from '@/components/ui/copy-text'
import { TextField } from '@/components/ui/text-field'
import type { ImageDetail } from '@/lib/contracts/images'
import { compareHash } from '@/lib/util/offers'

/** The image's hash with copy, and a field that compares it with the one its owner published. */
export function HashFact({ image }: { image: ImageDetail }) {
  const t = useTranslations('incoming.card')
  const tc = useTranslations('common')
  const [isComparing, setComparing] = useState(false)
  const hash = image.hashValue
  if (!hash) {
    return (
      <>
        <span className="text-ink-3">{t('hashNone')}</span>
        {!!image.checksum && <Legacy checksum={image.checksum} />}
      </>
    )
  }
  return (
    <div className="flex min-w-0 flex-col items-start gap-1">
      <span className="flex max-w-full flex-wrap items-baseline gap-x-2">
        <span className="text-ink-2 text-sm">{(image.hashAlgo ?? '').toUpperCase()}</span>
        <CopyText
          text={hash}
          shown={`${hash.slice(0, 12)}…${hash.slice(-8)}`}
          label={tc('copy', { what: t('theHash') })}
          copiedLabel={tc('copied')}
          className="!text-ink"
        />
      </span>
      {isComparing ? (
        <Compare hash={hash} />
      ) : (
        <Button size="sm" onClick={() => setComparing(true)}>
          {t('compareStart')}
        </Button>
      )}
    </div>
  )
}

function Compare({ hash }: { hash: string }) {
  const t = useTranslations('incoming.card')
  const [pasted, setPasted] = useState('')
  const verdict = compareHash(pasted, hash)
  return (
    <div className="flex w-full flex-col gap-1">
      <TextField
        label={t('compare')}
        placeholder={t('comparePlaceholder')}
        isMono
        autoFocus
        autoComplete="off"
        spellCheck={false}
        value={pasted}
        onChange={(event) => setPasted(event.target.value)}
      />
      <p role="status">
        {verdict === 'same' && (
          <span className="inline-flex items-center gap-1.5 text-accepted-ink">
            <CircleCheck className="size-4" />
            {t('compareSame')}
          </span>
        )}
        {verdict === 'different' && (
          <span className="inline-flex items-center gap-1.5 text-danger-ink">
            <CircleX className="size-4 flex-none" />
            {t('compareDifferent')}
          </span>
        )}
      </p>
    </div>
  )
}

/** MD5 proves nothing any more; it is shown because older tools still print it. */
function Legacy({ checksum }: { checksum: string }) {
  const t = useTranslations('incoming.card')
  return (
    <p className="mt-1 break-all text-ink-3 text-sm">
      {t('md5')} <span className="font-mono text-xs">{checksum}</span>
    </p>
  )
}
