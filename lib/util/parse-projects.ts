/** Why an entry is not taken as a recipient. */
export type EntryReason = 'upper_case' | 'length' | 'characters' | 'name' | 'own_project' | 'too_many'

export interface RejectedEntry {
  /** As it was typed, without quotes and brackets. */
  text: string
  reason: EntryReason
  /** The id it very likely stands for; the person decides. */
  suggestion: string | null
}

export interface ParsedProjects {
  /** New project ids, in the order they were given. */
  ids: string[]
  /** Entries that were there already or came twice. */
  duplicates: number
  rejected: RejectedEntry[]
}

export interface ParseContext {
  /** Ids that are recipients already. */
  present: readonly string[]
  /** The project that owns the images. */
  own: string
  /** Projects whose names are known, to recognise a name that was typed for an id. */
  known: readonly { id: string; name: string }[]
  /** How many recipients there may be in all. */
  max: number
}

/** The same rule as `ProjectId` among the inputs: 32 lower-case hex digits or a lower-case UUID. */
const projectId = /^(?:[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/
const onlyHex = /^[0-9a-fA-F-]+$/
/** U+200B comes along with ids copied from chats and wikis; the other blanks are whitespace to the language. */
const blank = /[\s\u200b]+/
const entryEnd = /[,;\n\r]+/
const wrapping = /^["'`“”‘’[({]+|["'`“”‘’\])}]+$/g

/**
 * Reads one project id or a pasted list: divided by blanks, commas, semicolons or lines; quotes are dropped, and
 * `name <id>` counts as its id. Nothing is lost: what is not an id comes back with the reason.
 */
export function parseProjects(text: string, context: ParseContext): ParsedProjects {
  const taken = new Set(context.present)
  const result: ParsedProjects = { ids: [], duplicates: 0, rejected: [] }
  for (const entry of splitEntries(text)) {
    const reason = refuse(entry, context)
    if (reason) {
      result.rejected.push({ text: entry, ...reason })
    } else if (taken.has(entry)) {
      result.duplicates += 1
    } else if (taken.size >= context.max) {
      result.rejected.push({ text: entry, reason: 'too_many', suggestion: null })
    } else {
      taken.add(entry)
      result.ids.push(entry)
    }
  }
  return result
}

function refuse(entry: string, { own, known }: ParseContext): Omit<RejectedEntry, 'text'> | null {
  if (entry === own) return { reason: 'own_project', suggestion: null }
  if (projectId.test(entry)) return null
  const lower = entry.toLowerCase()
  if (projectId.test(lower)) {
    return lower === own
      ? { reason: 'own_project', suggestion: null }
      : { reason: 'upper_case', suggestion: lower }
  }
  const named = known.filter((project) => project.name === entry && project.id !== own)
  if (named.length === 1) return { reason: 'name', suggestion: named[0]?.id ?? null }
  return { reason: onlyHex.test(entry) ? 'length' : 'characters', suggestion: null }
}

function splitEntries(text: string): string[] {
  return text.split(entryEnd).flatMap(readLine)
}

function readLine(line: string): string[] {
  const words: string[] = []
  let from = 0
  for (;;) {
    const open = line.indexOf('<', from)
    const close = open < 0 ? -1 : line.indexOf('>', open)
    if (close < 0) return [...words, ...splitWords(line.slice(from))]
    // What stands before the bracket is a name; ids among its words are meant as ids.
    words.push(...splitWords(line.slice(from, open)).filter((word) => projectId.test(word)))
    words.push(...splitWords(line.slice(open + 1, close)))
    from = close + 1
  }
}

function splitWords(text: string): string[] {
  return text
    .split(blank)
    .map((word) => word.replace(wrapping, ''))
    .filter((word) => word !== '')
}
