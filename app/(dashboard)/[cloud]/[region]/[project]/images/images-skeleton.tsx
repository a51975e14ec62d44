'use client'
import { useTranslations } from 'use-intl'
import { TableSkeleton } from '@/components/table/table-skeleton'
import { type ImageColumnKey, imageColumns } from './image-columns'

/** The list while it is being read. Server HTML has the list itself, so this is for other ways to come here. */
export function ImagesSkeleton({ headers }: { headers: Readonly<Record<ImageColumnKey, string>> }) {
  const t = useTranslations('images')
  return <TableSkeleton label={t('loading')} columns={imageColumns} headers={headers} hasTicks rows={12} />
}
