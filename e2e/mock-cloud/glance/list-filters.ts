import type { Image } from '../records.ts'

export type Test = (image: Image) => boolean

const TEXT_FIELDS = ['name', 'id', 'status', 'container_format', 'disk_format'] as const
const RANGES = ['size', 'virtual_size', 'min_ram', 'min_disk'] as const
const EXACT = ['owner', 'checksum', 'os_hash_value', 'os_hash_algo'] as const
const WHOLE = /^\s*[+-]?\d+\s*$/
const COMPARE: Record<string, (a: number, b: number) => boolean> = {
  lt: (a, b) => a < b,
  lte: (a, b) => a <= b,
  gt: (a, b) => a > b,
  gte: (a, b) => a >= b,
  eq: (a, b) => a === b,
  neq: (a, b) => a !== b,
}

/** What a filter comes to: a test, the sentence of a 400, or null where the database fails on it (500). */
type Read = Test | string | null

/** Turns the filters of a list into one test each, or into what is answered instead. Old clouds hide no images. */
export function readFilters(
  filters: ReadonlyMap<string, string>,
  knowsHidden = true,
): Test[] | string | null {
  const tests: Test[] = []
  for (const [name, value] of filters) {
    if (name === 'visibility' && value === '') return null
    if (name === 'visibility' || name === 'deleted') continue
    const test = readFilter(name, value)
    if (typeof test !== 'function') return test
    tests.push(test)
  }
  if (knowsHidden && !filters.has('os_hidden')) tests.push((image) => !image.os_hidden)
  return tests
}

function readFilter(name: string, value: string): Read {
  if (name === 'os_hidden' || name === 'protected') return readTruth(name, value)
  if (name.endsWith('_min') || name.endsWith('_max')) return readRange(name, value)
  if (name === 'created_at' || name === 'updated_at') return readTime(name, value)
  const text = TEXT_FIELDS.find((field) => field === name)
  if (text) return readText(text, value)
  const number = RANGES.find((field) => field === name)
  if (number) return WHOLE.test(value) ? (image) => image[number] === Number(value) : null
  const exact = EXACT.find((field) => field === name)
  if (exact) return (image) => image[exact] === value
  return (image) => image.properties[name] === value
}

function readTruth(name: 'os_hidden' | 'protected', value: string): Test | string {
  const said = name === 'os_hidden' ? value.toLowerCase() : value
  if (said !== 'true' && said !== 'false') {
    return `Invalid value '${said}' for '${name}' filter. Valid values are 'true' or 'false'.`
  }
  return (image) => image[name] === (said === 'true')
}

function readRange(name: string, value: string): Read {
  const field = RANGES.find((known) => known === name.slice(0, -4))
  if (!WHOLE.test(value)) return 'Unable to filter on a range with a non-numeric value.'
  if (!field) return null
  const bound = Number(value)
  return (image) => {
    const own = image[field]
    if (own === null) return false
    return name.endsWith('_min') ? own >= bound : own <= bound
  }
}

function readTime(name: 'created_at' | 'updated_at', value: string): Test | string {
  const { operator, operand } = splitOperator(value)
  const bound = parseTime(operand)
  if (bound === null) return `Bad "${name}" query filter format. Use ISO 8601 DateTime notation.`
  const compare = COMPARE[operator]
  return compare ? (image) => compare(image[name], bound) : 'Unable to filter on a unknown operator.'
}

function readText(field: (typeof TEXT_FIELDS)[number], value: string): Test | string {
  const { operator, operand } = splitOperator(value)
  if (operator === 'eq') return (image) => image[field] === operand
  if (operator !== 'in') return unknownOperator(operator)
  const values = splitQuoted(operand)
  if (!values) return `Invalid filter value ${operand}. The quote is not closed.`
  return (image) => image[field] !== null && values.has(image[field])
}

function unknownOperator(operator: string): string {
  return `Unable to filter by unknown operator '${operator}'.`
}

/** `op:value`; a time without an operator has colons of its own, so times are tried first. */
function splitOperator(expression: string): { operator: string; operand: string } {
  const cut = expression.indexOf(':')
  if (cut < 0 || parseTime(expression) !== null) return { operator: 'eq', operand: expression }
  return { operator: expression.slice(0, cut), operand: expression.slice(cut + 1) }
}

function parseTime(text: string): number | null {
  if (!/^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/.test(text)) return null
  const zoned = /(Z|[+-]\d\d:?\d\d)$/.test(text) || text.length === 10 ? text : `${text}Z`
  const time = Date.parse(zoned.replace(' ', 'T'))
  return Number.isNaN(time) ? null : time
}

/** Values between commas; quotes hold a value with commas together. Null: a quote is left open. */
function splitQuoted(list: string): Set<string> | null {
  if ((list.match(/(?<!\\)"/g) ?? []).length % 2 === 1) return null
  const parts = list.match(/"(?:\\.|[^"\\])*"|[^,]+/g) ?? []
  return new Set(
    parts.map((part) => (part.startsWith('"') ? part.slice(1, -1).replace(/\\(.)/g, '$1') : part)),
  )
}
