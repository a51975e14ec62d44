import { describe, expect, test } from 'vitest'
import { plainUntrusted, viewUntrusted } from './untrusted-text'

/** Chips in ⟨⟩, the cut as …, so that a row of the table can be read. */
const drawn = (text: string, max?: number) =>
  viewUntrusted(text, max)
    .segments.map((segment) => (segment.kind === 'chip' ? `⟨${segment.text}⟩` : segment.text))
    .join('')

describe('what is drawn', () => {
  test.each([
    ['plain', 'rocky-9.6-hardened', 'rocky-9.6-hardened'],
    ['letters of other scripts stay', 'образ-日本語-שלום', 'образ-日本語-שלום'],
    ['spaces stay', 'two  spaces', 'two  spaces'],
    ['an emoji stays', 'rocket 🚀', 'rocket 🚀'],
    ['a few marks stay', 'e\u0301\u0323\u0327', 'e\u0301\u0323\u0327'],
    ['null', 'a\0b', 'a⟨U+0000⟩b'],
    ['tab and line feed', 'a\tb\nc', 'a⟨U+0009⟩b⟨U+000A⟩c'],
    ['delete', 'a\x7f', 'a⟨U+007F⟩'],
    ['next line (C1)', 'a\x85b', 'a⟨U+0085⟩b'],
    ['soft hyphen', 'a\u00adb', 'a⟨U+00AD⟩b'],
    ['arabic letter mark', 'a\u061cb', 'a⟨U+061C⟩b'],
    ['zero-width space', 'a\u200bb', 'a⟨U+200B⟩b'],
    ['zero-width joiner', 'a\u200db', 'a⟨U+200D⟩b'],
    ['right-to-left mark', 'a\u200fb', 'a⟨U+200F⟩b'],
    ['line separator', 'a\u2028b', 'a⟨U+2028⟩b'],
    ['right-to-left override', 'gpj\u202eexe', 'gpj⟨U+202E⟩exe'],
    ['word joiner', 'a\u2060b', 'a⟨U+2060⟩b'],
    ['isolates', '\u2066a\u2069', '⟨U+2066⟩a⟨U+2069⟩'],
    ['byte order mark', '\ufeffa', '⟨U+FEFF⟩a'],
    ['interlinear', 'a\ufff9b\ufffbc', 'a⟨U+FFF9⟩b⟨U+FFFB⟩c'],
    ['hangul fillers', '\u3164\u115f\u1160\uffa0', '⟨U+3164⟩⟨U+115F⟩⟨U+1160⟩⟨U+FFA0⟩'],
    ['variation selectors', '\u2764\ufe0f\u{e0100}', '\u2764⟨U+FE0F⟩⟨U+E0100⟩'],
    ['mongolian selectors', 'a\u180b\u180e', 'a⟨U+180B⟩⟨U+180E⟩'],
    ['tag characters', 'a\u{e0041}', 'a⟨U+E0041⟩'],
    ['private use', '\ue000\u{f0000}\u{10fffd}', '⟨U+E000⟩⟨U+F0000⟩⟨U+10FFFD⟩'],
    ['a lone surrogate', 'a\ud800b', 'a⟨U+D800⟩b'],
    ['grapheme joiner', 'a\u034fb', 'a⟨U+034F⟩b'],
    ['piled-up marks', `z${'\u0301'.repeat(9)}a`, 'z\u0301\u0301\u0301⟨+6⟩a'],
    ['marks without a letter', '\u0301x', '\u25cc\u0301x'],
    ['only hidden characters', '\u200b\u200b', '⟨U+200B⟩⟨U+200B⟩'],
    ['markup is text', '<img src=x onerror=alert(1)>', '<img src=x onerror=alert(1)>'],
    ['empty', '', ''],
  ])('%s', (_, text, expected) => {
    expect(drawn(text)).toBe(expected)
  })
})

describe('length', () => {
  test('80 characters stay whole', () => {
    expect(viewUntrusted('x'.repeat(80))).toEqual({
      segments: [{ kind: 'text', text: 'x'.repeat(80) }],
      altered: false,
      full: 'x'.repeat(80),
    })
  })

  test('[row 45] a longer text is cut in the middle and kept whole for the title', () => {
    const text = `${'a'.repeat(60)}${'b'.repeat(60)}`
    const view = viewUntrusted(text)
    expect(drawn(text)).toBe(`${'a'.repeat(49)}…${'b'.repeat(30)}`)
    expect(view).toMatchObject({ altered: true, full: text })
  })

  test('[row 45] a name of 255 characters with markup and emoji stays what it is, as text', () => {
    const name = `<b>${'x'.repeat(249)}🚀</`
    const { segments, full } = viewUntrusted(name)
    expect(full).toBe(name)
    expect(segments.map(({ kind }) => kind)).not.toContain('chip')
    expect(drawn(name)).toMatch(/^<b>x+…x+🚀<\/$/u)
    expect(drawn(name, 300)).toBe(name)
  })

  test('chips count as wide as they are drawn', () => {
    const seen = viewUntrusted('\u202e'.repeat(60)).segments.reduce(
      (sum, segment) => sum + segment.text.length,
      0,
    )
    expect(seen).toBeLessThanOrEqual(80)
  })

  test('a surrogate pair is never cut in two', () => {
    expect(drawn('🚀'.repeat(200))).toMatch(/^🚀+…🚀+$/u)
  })

  test('the end of a very long text is its real end', () => {
    expect(drawn(`${'x'.repeat(50_000)}.qcow2`).endsWith('.qcow2')).toBe(true)
  })

  test('a hostile megabyte costs next to nothing', () => {
    const started = performance.now()
    viewUntrusted(`a${'\u0301\u202e'.repeat(500_000)}`)
    expect(performance.now() - started).toBeLessThan(100)
  })
})

describe('as a string', () => {
  test.each([
    ['chips are written out', 'a\u202eb', 'a⟨U+202E⟩b'],
    ['right-to-left text is isolated', 'שלום', '\u2068שלום\u2069'],
    ['left-to-right text is left alone', 'debian-13', 'debian-13'],
  ])('%s', (_, text, expected) => {
    expect(plainUntrusted(text)).toBe(expected)
  })

  test('it is cut like the drawn one', () => {
    expect(plainUntrusted('abcdefghijkl', 6)).toBe('abcd…l')
  })
})
