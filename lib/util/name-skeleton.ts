import { isUnseen } from './untrusted-text'

/** Small letters that look like a Latin one (from the table of UTS #39, those a reader can't tell apart in our typeface). */
const lookalikes: Record<string, string> = {
  а: 'a',
  α: 'a',
  в: 'b',
  с: 'c',
  ԁ: 'd',
  е: 'e',
  һ: 'h',
  і: 'i',
  ı: 'i',
  ι: 'i',
  ј: 'j',
  к: 'k',
  κ: 'k',
  ӏ: 'l',
  м: 'm',
  н: 'h',
  о: 'o',
  ο: 'o',
  р: 'p',
  ρ: 'p',
  ԛ: 'q',
  г: 'r',
  ѕ: 's',
  т: 't',
  τ: 't',
  υ: 'u',
  ν: 'v',
  ѵ: 'v',
  ԝ: 'w',
  х: 'x',
  χ: 'x',
  у: 'y',
  γ: 'y',
}

/**
 * What a name looks like to somebody who skims it: two names with the same skeleton are taken for one. Case, width, blanks
 * at the ends, characters that can't be seen and letters borrowed from Cyrillic or Greek make no difference. Empty for a
 * name with nothing to see.
 */
export function nameSkeleton(name: string): string {
  const folded = name.normalize('NFKC').toUpperCase().toLowerCase()
  let out = ''
  for (const char of folded) if (!isUnseen(char)) out += lookalikes[char] ?? char
  return out.replace(/\s+/gu, ' ').trim()
}
