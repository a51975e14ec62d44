import clsx from 'clsx'
import { viewUntrusted } from '@/lib/util/untrusted-text'

type UntrustedTextProps = {
  text: string
  /** Longest picture in characters; the rest is cut in the middle and stays in the title. */
  max?: number
  className?: string
}

/**
 * Renders every string that came from the cloud. Direction is isolated, what cannot be seen becomes a chip
 * with its code point, and spaces are kept, so that two different names never look the same by accident.
 */
export function UntrustedText({ text, max, className }: UntrustedTextProps) {
  const view = viewUntrusted(text, max)
  return (
    <bdi
      className={clsx('wrap-anywhere text-left [white-space-collapse:preserve]', className)}
      title={view.altered ? view.full : undefined}
    >
      {view.segments.map((segment, index) =>
        segment.kind === 'chip' ? (
          <span
            // biome-ignore lint/suspicious/noArrayIndexKey: the segments of one string have no other identity.
            key={index}
            className="mx-px rounded-xs bg-pending-tint px-0.5 font-mono text-[0.85em] text-pending-ink [unicode-bidi:isolate]"
          >
            {segment.text}
          </span>
        ) : (
          segment.text
        ),
      )}
    </bdi>
  )
}
