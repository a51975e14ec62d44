/**
 * Where a spreadsheet could see a formula begin: at the start of a cell, and behind what another locale's spreadsheet parts
 * cells and lines by, whatever the quotes say. The signs are those OWASP names, with their full-width forms
 * (https://owasp.org/www-community/attacks/CSV_Injection); blanks and invisible characters before them may be skipped.
 */
const formulas = /(?:^|(?<=[;\t\r\n]))(?=(?:(?![\t\r\n])[\s\p{Cc}\p{Cf}])*[=+\-@＝＋－＠])|^(?=[\t\r\n])/gu

/** A cell that no spreadsheet runs: an apostrophe in front makes it text. Quoted after RFC 4180 where it has to be. */
function cell(value: string | number | null): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const safe = value.replace(formulas, "'")
  return /[",;\t\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** One record of a CSV file after RFC 4180, with its line break. Null is an empty cell. */
export function csvLine(values: readonly (string | number | null)[]): string {
  return `${values.map(cell).join(',')}\r\n`
}
