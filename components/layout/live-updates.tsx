'use client'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { openLiveUpdates } from '@/lib/queries/live-updates'

/** Keeps this page in step with what happens on the server. Shows nothing. */
export function LiveUpdates() {
  const client = useQueryClient()
  // The event stream and the other tabs are outside React; closing it hands the stream to another tab.
  useEffect(() => openLiveUpdates(client), [client])
  return null
}
