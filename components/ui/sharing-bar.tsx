import { useId } from 'react'
import { layoutBar } from '@/lib/util/bar-segments'
import { CELL_LOOKS, hatchFill } from './cell-looks'
import { Hatches } from './hatches'

type SharingBarProps = {
  accepted: number
  pending: number
  rejected: number
  /** Most members the image may have; null when the cloud has not told. */
  limit?: number | null
  /** Without a limit: what a full bar stands for, the same for all bars of a list. */
  scale?: number
  /** The whole in words: "31 accepted, 9 pending, 1 rejected of 128". */
  label: string
  /** In pixels. */
  width?: number
  height?: number
}

/** Whom an image is shared with, at a glance. What is left of the limit is the track; without a limit there is none. */
export function SharingBar(props: SharingBarProps) {
  const { accepted, pending, rejected, limit, scale, label, width = 132, height = 8 } = props
  const id = useId()
  const { segments, end } = layoutBar(
    [
      { key: 'accepted', value: accepted },
      { key: 'pending', value: pending },
      { key: 'rejected', value: rejected },
    ],
    { total: limit ?? scale, span: width, gap: 2, min: 5 },
  )
  const middle = height / 2
  return (
    <svg role="img" aria-label={label} width={width} height={height} className="block flex-none">
      <title>{label}</title>
      <Hatches id={id} />
      {limit != null && end < width && (
        <rect x={end} width={width - end} height={height} rx="2" className="fill-track" />
      )}
      {limit == null && segments.length === 0 && (
        <path
          d={`M1 ${middle}H${width - 1}`}
          strokeWidth="2"
          strokeDasharray="2 4"
          className="stroke-line-strong"
        />
      )}
      {segments.map((segment) => {
        const look = CELL_LOOKS[segment.key]
        const box = { x: segment.x, width: segment.width, height, rx: 2 }
        return (
          <g key={segment.key}>
            <rect {...box} className={segment.key === 'pending' ? 'fill-pending-tint' : look.box} />
            {!!look.hatch && <rect {...box} fill={hatchFill(id, look.hatch)} />}
            {!!look.bar && (
              <path
                d={`M${segment.x + 0.5} ${middle}h${segment.width - 1}`}
                strokeWidth="3"
                className={look.bar}
              />
            )}
          </g>
        )
      })}
    </svg>
  )
}
