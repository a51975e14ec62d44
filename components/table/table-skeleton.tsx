import clsx from 'clsx'
import { Skeleton } from '@/components/feedback/skeleton'
import { type Column, cellClass } from './columns'
import { TableHead } from './table-head'

type TableSkeletonProps<Row, Key extends string> = {
  /** "Loading images", for screen readers. */
  label: string
  columns: readonly Column<Row, Key>[]
  headers: Readonly<Record<Key, string>>
  hasTicks?: boolean
  rows?: number
}

const WIDTHS = ['w-3/4', 'w-1/2', 'w-2/3', 'w-5/6']

/** A table being read, in its final shape, so that nothing moves when the rows come. */
export function TableSkeleton<Row, Key extends string>(props: TableSkeletonProps<Row, Key>) {
  const { label, columns, headers, hasTicks, rows = 8 } = props
  return (
    <div className="@container">
      <table
        aria-label={label}
        aria-busy="true"
        className="w-full table-fixed border-separate border-spacing-0 @max-2xl:block"
      >
        <TableHead
          {...{ columns, headers }}
          all={hasTicks ? { label, isAll: false, isSome: false, onToggle: () => {} } : undefined}
        />
        <tbody className="@max-2xl:block">
          {Array.from({ length: rows }, (_, index) => (
            <tr
              // biome-ignore lint/suspicious/noArrayIndexKey: stand-ins have no identity.
              key={index}
              className={clsx(
                '@2xl:h-13 @max-2xl:flex @max-2xl:flex-wrap @max-2xl:gap-x-3 @max-2xl:gap-y-2 @max-2xl:border-line @max-2xl:border-b @max-2xl:px-4 @max-2xl:py-4',
                hasTicks && '@max-2xl:!pl-13',
              )}
            >
              {!!hasTicks && (
                <td className="pl-5 @max-2xl:hidden @2xl:border-line @2xl:border-b">
                  <Skeleton className="ml-1 size-4" />
                </td>
              )}
              {columns.map((column, at) => (
                <td key={column.key} className={clsx(cellClass(column), hasTicks && '@2xl:!pl-3')}>
                  <span className={clsx('flex flex-col gap-1.5', column.align === 'end' && 'items-end')}>
                    <Skeleton className={clsx('h-3', WIDTHS[(index + at) % WIDTHS.length])} />
                    {at === 0 && <Skeleton className="h-2.5 w-11/12" />}
                  </span>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
