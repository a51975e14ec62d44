'use client'
import { Radar } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'

const FollowDialog = dynamic(() => import('./follow-dialog').then((module) => module.FollowDialog), {
  ssr: false,
})

/** The way to a job of the cloud that somebody has the id of. */
export function FollowButton({ label }: { label?: string }) {
  const t = useTranslations('cloudJob.follow')
  const [isAsking, setAsking] = useState(false)
  return (
    <>
      <Button onClick={() => setAsking(true)}>
        <Radar className="size-4" />
        {label ?? t('button')}
      </Button>
      {!!isAsking && <FollowDialog onClose={() => setAsking(false)} />}
    </>
  )
}
