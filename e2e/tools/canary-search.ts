/** Something a secret might have got into: an answer, a log, a file, a table. */
export interface Evidence {
  /** Where it is from, for the sentence. */
  place: string
  content: Buffer
}

/** Ways in which a text may stand somewhere, by name; base64 in the three positions that bytes before it can put it. */
function spellings(secret: string): Map<string, Buffer> {
  const bytes = Buffer.from(secret)
  const texts: [string, string][] = [
    ['as it is', secret],
    ['in hexadecimal', bytes.toString('hex')],
    ['in capital hexadecimal', bytes.toString('hex').toUpperCase()],
    ['backwards', [...secret].reverse().join('')],
    ...[0, 1, 2].map((shift): [string, string] => [
      `in base64, shifted by ${shift}`,
      base64Inside(bytes, shift),
    ]),
  ]
  const found = new Map(texts.map(([name, text]) => [name, Buffer.from(text)]))
  return found.set('in UTF-16', Buffer.from(secret, 'utf16le'))
}

/** The characters of a base64 text that depend on these bytes alone, when `shift` others stand before them. */
function base64Inside(bytes: Buffer, shift: number): string {
  const text = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64')
  return text.slice(Math.ceil((shift * 8) / 6), Math.floor(((shift + bytes.length) * 8) / 6))
}

/**
 * Looks for secrets in everything. Answers each finding as a sentence; none is what one wants. `secrets` are by name, and
 * long enough not to stand anywhere by chance.
 */
export function findSecrets(
  evidence: readonly Evidence[],
  secrets: Readonly<Record<string, string>>,
): string[] {
  return Object.entries(secrets).flatMap(([name, secret]) => {
    if (secret.length < 24) throw new Error(`the ${name} is too short to be looked for`)
    const wanted = [...spellings(secret)]
    return evidence.flatMap(({ place, content }) =>
      wanted
        .filter(([, bytes]) => content.includes(bytes))
        .map(([spelling]) => `the ${name} stands in ${place}, ${spelling}`),
    )
  })
}
