import { UntrustedText } from '@/components/ui/untrusted-text'

/** A note as it was written, line by line. */
export function NoteText({ text }: { text: string }) {
  return (
    <blockquote className="max-h-60 overflow-y-auto rounded-lg border border-line bg-canvas px-3 py-2 text-ink">
      {text.split('\n').map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines of one text have no other identity.
        <p key={index} className="min-h-5">
          <UntrustedText text={line} max={2_000} />
        </p>
      ))}
    </blockquote>
  )
}
