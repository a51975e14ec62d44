import clsx from 'clsx'
import { useId } from 'react'
import { layoutBar } from '@/lib/util/bar-segments'
import { CELL_LOOKS, hatchFill } from './cell-looks'
import { Hatches } from './hatches'
import type { PairOutcome } from './state-badge'

type OutcomeCounts = Partial<Record<PairOutcome, number>>

type OutcomeBarProps = {
  counts: OutcomeCounts
  /** The whole in words; announced as the value of the progress bar. */
  label: string
  className?: string
}

const ORDER = ['done', 'already', 'skipped', 'failed', 'unknown', 'running'] as const
const FILLS: Record<(typeof ORDER)[number], string> = {
  done: 'fill-accent',
  already: 'fill-accent-tint stroke-accent',
  skipped: 'fill-waiting',
  failed: 'fill-danger',
  unknown: 'fill-pending',
  running: 'fill-accent-tint',
}
const HEIGHT = 10

/** How far a job is and how its pairs ended, over the width it is given. What waits is the track. */
export function OutcomeBar({ counts, label, className }: OutcomeBarProps) {
  const id = useId()
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0)
  const left = (counts.waiting ?? 0) + (counts.running ?? 0)
  const { segments } = layoutBar(
    ORDER.map((key) => ({ key, value: counts[key] ?? 0 })),
    { total, span: 100, gap: 0.25, min: 0.8 },
  )
  return (
    <div
      role="progressbar"
      aria-valuemin={0}
      aria-valuemax={total}
      aria-valuenow={total - left}
      aria-valuetext={label}
      aria-label={label}
      className={clsx('w-full', className)}
    >
      <svg width="100%" height={HEIGHT} className="block" aria-hidden="true">
        <Hatches id={id} />
        <rect width="100%" height={HEIGHT} rx="3" className="fill-track" />
        {segments.map((segment) => {
          const isOutlined = segment.key === 'already'
          const box = {
            x: `${segment.x}%`,
            width: `${segment.width}%`,
            y: isOutlined ? 0.5 : 0,
            height: isOutlined ? HEIGHT - 1 : HEIGHT,
            rx: 3,
          }
          return (
            <g key={segment.key}>
              <rect {...box} className={FILLS[segment.key]} />
              {segment.key === 'running' && (
                <rect {...box} fill={hatchFill(id, CELL_LOOKS.running.hatch ?? 'running')} />
              )}
            </g>
          )
        })}
      </svg>
    </div>
  )
}
