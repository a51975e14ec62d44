import type { Column } from '@/components/table/columns'
import { RelativeTime } from '@/components/ui/relative-time'
import type { ImageSummary } from '@/lib/contracts/images'
import { ImageName, Size, System, Visibility } from './image-cells'
import { LimitCell, SharingCell } from './sharing-cell'

export type ImageColumnKey = 'name' | 'os' | 'size' | 'shared' | 'limit' | 'visibility' | 'updated'

export const imageColumns: readonly Column<ImageSummary, ImageColumnKey>[] = [
  { key: 'name', cell: (image) => <ImageName image={image} />, isSortable: true, phone: 'title' },
  {
    key: 'os',
    cell: (image) => <System image={image} />,
    width: 'w-32',
    isSortable: true,
    from: 'lg',
    phone: 'fact',
  },
  {
    key: 'size',
    cell: (image) => <Size image={image} />,
    width: 'w-26',
    align: 'end',
    isSortable: true,
    phone: 'fact',
  },
  { key: 'shared', cell: (image) => <SharingCell image={image} />, width: 'w-81', phone: 'wide' },
  { key: 'limit', cell: (image) => <LimitCell image={image} />, width: 'w-22', align: 'end', from: 'xl' },
  {
    key: 'visibility',
    cell: (image) => <Visibility image={image} />,
    width: 'w-24',
    isSortable: true,
    from: 'xl',
  },
  {
    key: 'updated',
    cell: (image) => <RelativeTime at={image.updatedAt} className="whitespace-nowrap text-ink-2" />,
    width: 'w-28',
    align: 'end',
    isSortable: true,
    from: 'lg',
  },
]
