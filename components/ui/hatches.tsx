import { HATCH_STROKE } from './cell-looks'

/** Pattern definitions; `id` comes from useId, because two drawings on a page must not share one. */
export function Hatches({ id }: { id: string }) {
  return (
    <defs>
      <pattern
        id={`${id}-pending`}
        width="4"
        height="4"
        patternUnits="userSpaceOnUse"
        patternTransform="rotate(45)"
      >
        <path d="M1 0v4" strokeWidth="2" className={HATCH_STROKE.pending} />
      </pattern>
      <pattern id={`${id}-running`} width="4" height="4" patternUnits="userSpaceOnUse">
        <path d="M1 0v4" strokeWidth="2" className={HATCH_STROKE.running} />
      </pattern>
      <pattern
        id={`${id}-impossible`}
        width="5"
        height="5"
        patternUnits="userSpaceOnUse"
        patternTransform="rotate(45)"
      >
        <path d="M1 0v5" strokeWidth="1.2" className={HATCH_STROKE.impossible} />
      </pattern>
    </defs>
  )
}
