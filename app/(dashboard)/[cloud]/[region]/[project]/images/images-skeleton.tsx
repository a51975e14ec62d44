'use client'
import { useTranslations } from 'use-intl'
import { TableSkeleton } from '@/components/table/table-skeleton'
import { type ImageColumnKey, imageColumns } from './image-columns'

interface ImagesSkeletonProps {
  headers: Readonly<Record<ImageColumnKey, string>>
  hasTicks: boolean
}

/** The list while it is being read. Server HTML has the list itself, so this is for other ways to come here. */
export function ImagesSkeleton({ headers, hasTicks }: ImagesSkeletonProps) {
  const t = useTranslations('images')
  return (
    <TableSkeleton
      label={t('loading')}
      columns={imageColumns}
      headers={headers}
      hasTicks={hasTicks}
      rows={12}
    />
  )
}
