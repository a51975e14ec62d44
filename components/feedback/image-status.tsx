'use client'
import { Badge } from '@/components/ui/badge'
import { useImageStatusWords } from './use-image-status-words'

const broken: readonly string[] = ['deactivated', 'killed', 'deleted', 'pending_delete']

interface ImageStatusProps {
  /** As the cloud says it. */
  status: string
  /** Says nothing for "active", which nearly all images are. */
  isQuietWhenActive?: boolean
}

/** The status of an image as a badge. */
export function ImageStatus({ status, isQuietWhenActive }: ImageStatusProps) {
  const label = useImageStatusWords()(status)
  if (isQuietWhenActive && status === 'active') return null
  const tone = status === 'active' ? 'accepted' : broken.includes(status) ? 'danger' : 'pending'
  return (
    <Badge tone={tone} className="flex-none">
      {label}
    </Badge>
  )
}
