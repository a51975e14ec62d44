'use client'
import { RotateCw } from 'lucide-react'
import { IconButton } from '@/components/ui/icon-button'

interface RefreshButtonProps {
  label: string
  isPending: boolean
  read: { refetch: () => unknown }
}

/** Reads a screen's list again. */
export function RefreshButton({ label, isPending, read }: RefreshButtonProps) {
  return (
    <IconButton label={label} variant="secondary" isPending={isPending} onClick={() => void read.refetch()}>
      <RotateCw className="size-4" />
    </IconButton>
  )
}
