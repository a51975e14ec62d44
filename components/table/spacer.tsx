'use client'

/**
 * Stands for rows that are not built. Never in server HTML, where nothing has been measured. One cell: a span over
 * columns that are hidden would make new ones. Nor may the browser hold on to it: it moves away when rows are built,
 * and the page would jump after it.
 */
export function Spacer({ height }: { height: number }) {
  return (
    <tr className="@max-2xl:block" style={{ height, overflowAnchor: 'none' }}>
      <td className="p-0 @max-2xl:block" />
    </tr>
  )
}
