'use client'
import clsx from 'clsx'
import { Hourglass } from 'lucide-react'
import { useCountdown } from '@/components/ui/use-countdown'
import { formatDuration } from '@/lib/util/format-time'

interface PatienceProps {
  until: string
  /** "This goes on by itself in {time}." */
  words: (time: string) => string
  className?: string
}

/** The cloud asked us to slow down: nothing is wrong, and nobody has to do anything. */
export function Patience({ until, words, className }: PatienceProps) {
  const left = useCountdown(until)
  if (left <= 0) return null
  return (
    <p className={clsx('flex items-center gap-2 text-ink-2', className)} suppressHydrationWarning>
      <Hourglass className="size-4 flex-none text-ink-3" />
      {words(formatDuration(left))}
    </p>
  )
}
