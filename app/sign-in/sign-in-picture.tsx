import { useId } from 'react'
import { CellMark } from '@/components/ui/cell-mark'
import { Hatches } from '@/components/ui/hatches'
import type { CellState } from '@/lib/util/pair-cells'

const states: Record<string, CellState> = { a: 'accepted', p: 'pending', r: 'rejected', n: 'new' }
const rows = ['aaapaaraapnn', 'aapaaaaaaapn', 'apprapaapnnn', 'aaaaaapaaran']
const width = 28
const height = 20
const gap = 5

/** Images down, projects across: what the product is about. Says nothing that the words beside it do not. */
export function SignInPicture({ className }: { className?: string }) {
  const id = useId()
  const columns = rows[0]?.length ?? 0
  return (
    <svg
      viewBox={`-1 -1 ${columns * (width + gap) - gap + 2} ${rows.length * (height + gap) - gap + 2}`}
      aria-hidden="true"
      className={className}
    >
      <Hatches id={id} />
      {rows.map((row, y) =>
        Array.from(row, (letter, x) => (
          <CellMark
            // biome-ignore lint/suspicious/noArrayIndexKey: a picture that never changes.
            key={`${x} ${y}`}
            state={states[letter] ?? 'none'}
            x={x * (width + gap)}
            y={y * (height + gap)}
            width={width}
            height={height}
            hatchId={id}
          />
        )),
      )}
    </svg>
  )
}
