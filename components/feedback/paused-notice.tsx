'use client'
import type { ReactNode } from 'react'
import { Button } from '@/components/ui/button'
import { FailureText } from './failure-text'
import { failureOf } from './failure-words'
import { Notice } from './notice'

type PausedNoticeProps = {
  title: string
  /** What stands still, and who can make it go on. */
  children: ReactNode
  resumeLabel: string
  /** Null for those who may not resume it. */
  onResume: (() => void) | null
  /** How resuming goes. */
  resume: { isPending: boolean; error: Error | null }
}

/** Why something stands still, the button for whoever may make it go on, and why that was refused. */
export function PausedNotice({ title, children, resumeLabel, onResume, resume }: PausedNoticeProps) {
  const { isPending, error } = resume
  return (
    <>
      <Notice
        tone="warning"
        title={title}
        actions={
          !!onResume && (
            <Button size="sm" isPending={isPending} onClick={onResume}>
              {resumeLabel}
            </Button>
          )
        }
      >
        {children}
      </Notice>
      {/* A dead session brings its own dialog. */}
      {error !== null && failureOf(error).code !== 'unauthenticated' && (
        <Notice tone="danger">
          <FailureText error={error} />
        </Notice>
      )}
    </>
  )
}
