'use client'
import Link, { useLinkStatus } from 'next/link'
import type { ComponentProps } from 'react'
import { Spinner } from '@/components/ui/spinner'

/** Looking at a screen reads from the cloud, looking at the way there does not. The read begins with the click, and may take its time. */
export function ScreenLink({ children, ...props }: ComponentProps<typeof Link>) {
  return (
    <Link {...props} prefetch={false}>
      {children}
      <Pending />
    </Link>
  )
}

/** The screen was asked for and is not there yet. Over the count, so that nothing moves. */
function Pending() {
  const { pending } = useLinkStatus()
  if (!pending) return null
  return (
    <span className="pointer-events-none absolute inset-0 flex animate-appear items-center justify-end rounded-md pr-2 max-md:items-start max-md:justify-center max-md:pt-3">
      <Spinner className="rounded-full bg-canvas max-md:size-5" />
    </span>
  )
}
