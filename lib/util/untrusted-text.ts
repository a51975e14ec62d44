/**
 * Text that came from somebody else, made safe to look at: characters that cannot be seen or that
 * rearrange their neighbours become chips with their code point, piled-up marks are capped, and
 * long text is cut in the middle. The stored value is never changed, only its picture.
 */
type UntrustedSegment = { kind: 'text' | 'chip' | 'cut'; text: string }

export type UntrustedView = {
  segments: UntrustedSegment[]
  /** Something was chipped, capped or cut: the picture differs from the value. */
  altered: boolean
  /** The whole text with chips written out, for a title. At most 2 000 characters are looked at. */
  full: string
}

const MAX_MARKS = 3
const LOOKED_AT = 2000

/** Ranges shown as code points: controls, invisible and direction characters, fillers, variation selectors, tags, private use. */
const CHIPPED: readonly (readonly [number, number])[] = [
  [0x00, 0x1f],
  [0x7f, 0x9f],
  [0xad, 0xad],
  [0x34f, 0x34f],
  [0x61c, 0x61c],
  [0x115f, 0x1160],
  [0x17b4, 0x17b5],
  [0x180b, 0x180f],
  [0x200b, 0x200f],
  [0x2028, 0x202e],
  [0x2060, 0x206f],
  [0x3164, 0x3164],
  [0xd800, 0xdfff],
  [0xe000, 0xf8ff],
  [0xfe00, 0xfe0f],
  [0xfeff, 0xfeff],
  [0xffa0, 0xffa0],
  [0xfff9, 0xfffb],
  [0xe0000, 0xe0fff],
  [0xf0000, 0x10ffff],
]

const isChipped = (point: number) => CHIPPED.some(([from, to]) => point >= from && point <= to)
/** Whether a character is drawn as its code point, because it can't be seen or rearranges its neighbours. */
export const isUnseen = (char: string) => isChipped(char.codePointAt(0) ?? 0)
const codePoint = (point: number) => `U+${point.toString(16).toUpperCase().padStart(4, '0')}`

type Unit = { kind: 'text' | 'chip'; text: string; width: number }

function units(text: string): Unit[] {
  const out: Unit[] = []
  let marks = 0
  for (const char of text) {
    const point = char.codePointAt(0) ?? 0
    if (isChipped(point)) {
      const label = codePoint(point)
      out.push({ kind: 'chip', text: label, width: label.length })
      marks = 0
    } else if (/^\p{M}$/u.test(char)) {
      marks += 1
      const last = out.at(-1)
      if (marks <= MAX_MARKS && last?.kind === 'text') last.text += char
      else if (marks <= MAX_MARKS) out.push({ kind: 'text', text: `\u25cc${char}`, width: 1 })
      else if (marks === MAX_MARKS + 1) out.push({ kind: 'chip', text: '+1', width: 3 })
      else if (last) last.text = `+${marks - MAX_MARKS}`
    } else {
      out.push({ kind: 'text', text: char, width: 1 })
      marks = 0
    }
  }
  return out
}

function join(list: readonly Unit[]): UntrustedSegment[] {
  const out: UntrustedSegment[] = []
  for (const { kind, text } of list) {
    const last = out.at(-1)
    if (kind === 'text' && last?.kind === 'text') last.text += text
    else out.push({ kind, text })
  }
  return out
}

function take(list: readonly Unit[], width: number): number {
  let used = 0
  let count = 0
  for (const unit of list) {
    used += unit.width
    if (used > width) break
    count += 1
  }
  return count
}

/** Splits upstream text into what to draw. `max` is in characters as seen; a chip counts as its label. */
export function viewUntrusted(text: string, max = 80): UntrustedView {
  const looked = text.length > LOOKED_AT ? text.slice(0, LOOKED_AT) : text
  const all = units(looked)
  const full = `${all.map((u) => (u.kind === 'chip' ? `⟨${u.text}⟩` : u.text)).join('')}${looked === text ? '' : '…'}`
  const width = all.reduce((sum, unit) => sum + unit.width, 0)
  const chipped = all.some((unit) => unit.kind === 'chip')
  if (width <= max && looked === text) return { segments: join(all), altered: chipped, full }

  const head = take(all, Math.ceil((max - 1) * 0.62))
  // The end of a very long text is its real end, not the end of what was looked at.
  const rest = looked === text ? all.slice(head) : units(text.slice(-max))
  const tail = take(rest.toReversed(), Math.floor((max - 1) * 0.38))
  const segments: UntrustedSegment[] = [
    ...join(all.slice(0, head)),
    { kind: 'cut', text: '…' },
    ...join(tail === 0 ? [] : rest.slice(-tail)),
  ]
  return { segments, altered: true, full }
}

const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u

/**
 * Upstream text for places that take only a string (labels, titles, toasts, SVG): chips become ⟨U+202E⟩,
 * and right-to-left text is isolated so that it cannot pull the words around it.
 */
export function plainUntrusted(text: string, max = 80): string {
  const plain = viewUntrusted(text, max)
    .segments.map((s) => (s.kind === 'chip' ? `⟨${s.text}⟩` : s.text))
    .join('')
  return RIGHT_TO_LEFT.test(plain) ? `\u2068${plain}\u2069` : plain
}
