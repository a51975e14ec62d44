import { isUnseen, viewUntrusted } from './untrusted-text'

/**
 * A quoted text of HCL's native syntax ("Quoted Template Expressions", hclsyntax/spec.md). Signs that would begin a template
 * and characters that can't be seen are written as their code points: `$${` is ambiguous behind another `$`.
 */
export function hclText(text: string): string {
  const safe = text.replace(/["\\]|[$%](?=\{)|[^ -~]/gu, (char) => {
    if (char === '"' || char === '\\') return `\\${char}`
    return char === '$' || char === '%' || isUnseen(char) ? escaped(char) : char
  })
  return `"${safe}"`
}

function escaped(char: string): string {
  const hex = (char.codePointAt(0) ?? 0).toString(16)
  return hex.length > 4 ? `\\U${hex.padStart(8, '0')}` : `\\u${hex.padStart(4, '0')}`
}

/** Texts as comments, one line each however many are in them; what can't be seen is spelt out. Ends with a line break. */
export function hclComment(...texts: readonly string[]): string {
  const lines = texts.flatMap((text) => text.split(/\r\n|\r|\n/))
  return lines.map((line) => `${`# ${visible(line)}`.trimEnd()}\n`).join('')
}

const visible = (line: string) => (/[^ -~]/.test(line) ? viewUntrusted(line, 1_000).full : line)

/**
 * A part of a name in HCL. Different texts never give the same: all but letters, digits and dashes become their code point
 * between underscores. It may begin with a digit, so it can't be a whole name.
 */
export function hclNamePart(text: string): string {
  return text.replace(/[^A-Za-z0-9-]/gu, (char) => `_${(char.codePointAt(0) ?? 0).toString(16)}_`)
}
