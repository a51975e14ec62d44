'use client'

import { CircleAlert, RotateCw } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from '@/components/ui/button'
import { CopyText } from '@/components/ui/copy-text'

type ErrorStateProps = {
  title: string
  /** The reason in plain words. */
  message: ReactNode
  /** Of the failed request, to be given to whoever runs the cloud. */
  requestId?: string | null
  requestIdLabel?: string
  copyLabel: string
  copiedLabel: string
  retryLabel?: string
  isRetrying?: boolean
  onRetry?: () => void
}

/** A read that failed: why, under which request, and the way to try again. */
export function ErrorState(props: ErrorStateProps) {
  const {
    title,
    message,
    requestId,
    requestIdLabel,
    copyLabel,
    copiedLabel,
    retryLabel,
    isRetrying,
    onRetry,
  } = props
  return (
    <div role="alert" className="mx-auto flex max-w-md flex-col items-center gap-2 px-6 py-16 text-center">
      <span className="mb-1 inline-grid size-11 place-items-center rounded-full bg-danger-tint text-danger-ink">
        <CircleAlert className="size-5" />
      </span>
      <h2 className="text-md">{title}</h2>
      <div className="max-w-full break-words text-ink-2">{message}</div>
      {!!requestId && (
        <p className="flex max-w-full flex-wrap items-center justify-center gap-x-1.5 text-ink-3 text-sm">
          {requestIdLabel}
          <CopyText text={requestId} label={copyLabel} copiedLabel={copiedLabel} />
        </p>
      )}
      {!!onRetry && retryLabel && (
        <Button onClick={onRetry} isPending={isRetrying} className="mt-3">
          {!isRetrying && <RotateCw className="size-4" />}
          {retryLabel}
        </Button>
      )}
    </div>
  )
}
