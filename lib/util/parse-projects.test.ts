import { describe, expect, test } from 'vitest'
import { ProjectId } from '../contracts/inputs/scope'
import { type ParseContext, parseProjects } from './parse-projects'

const own = '0'.repeat(32)
const a = 'a'.repeat(32)
const b = 'b1'.repeat(16)
const uuid = '3e144c0b-21e6-42aa-97a2-9a7844c936e4'
const context: ParseContext = {
  present: [],
  own,
  known: [
    { id: a, name: 'retail-prod' },
    { id: b, name: 'twin' },
    { id: uuid, name: 'twin' },
    { id: own, name: 'platform' },
  ],
  max: 2_000,
}

describe('what is taken', () => {
  test.each([
    ['nothing', '', []],
    ['only blanks and separators', ' \n\t,;\r\n', []],
    ['one id', a, [a]],
    ['a UUID', uuid, [uuid]],
    ['blanks', `${a} ${b}\t${uuid}`, [a, b, uuid]],
    ['commas and semicolons', `${a},${b};${uuid}`, [a, b, uuid]],
    ['lines of both kinds', `${a}\r\n${b}\n${uuid}\n`, [a, b, uuid]],
    ['straight and typographic quotes', `"${a}", '${b}' “${uuid}”`, [a, b, uuid]],
    ['a JSON list', `["${a}", "${b}"]`, [a, b]],
    ['name and id', `Retail Prod <${a}>`, [a]],
    [
      'several of them on lines and in a row',
      `Retail <${a}>\n"Data Lake" <${b}>, ML <${uuid}>`,
      [a, b, uuid],
    ],
    ['two in brackets on one line', `Retail <${a}> Data <${b}>`, [a, b]],
    ['an id before a name with its id', `${a} Data <${b}>`, [a, b]],
    ['invisible blanks around', `\ufeff${a}\u200b\u00a0${b}`, [a, b]],
  ])('%s', (_, text, ids) => {
    expect(parseProjects(text, context)).toEqual({ ids, duplicates: 0, rejected: [] })
  })
})

describe('what is refused', () => {
  test.each([
    ['upper case', a.toUpperCase(), 'upper_case', a],
    ['a UUID in upper case', uuid.toUpperCase(), 'upper_case', uuid],
    ['one digit short', a.slice(1), 'length', null],
    ['one digit long', `${a}a`, 'length', null],
    ['letters beyond f', 'g'.repeat(32), 'characters', null],
    ['a look-alike letter', `а${a.slice(1)}`, 'characters', null],
    ['the name of a project one can see', 'retail-prod', 'name', a],
    ['a name two projects have', 'twin', 'characters', null],
    ['the own project', own, 'own_project', null],
    ['the name of the own project', 'platform', 'characters', null],
    ['an open bracket', '<', 'characters', null],
  ] as const)('%s', (_, text, reason, suggestion) => {
    expect(parseProjects(text, context)).toEqual({
      ids: [],
      duplicates: 0,
      rejected: [{ text, reason, suggestion }],
    })
  })

  test('[row 14] the own project in upper case', () => {
    const capital = 'AB'.repeat(16)
    const { rejected } = parseProjects(capital, { ...context, own: capital.toLowerCase() })
    expect(rejected).toEqual([{ text: capital, reason: 'own_project', suggestion: null }])
  })

  test('good entries beside bad ones are taken, and the bad ones keep their order', () => {
    const parsed = parseProjects(`nope ${a} ${b.toUpperCase()}`, context)
    expect(parsed.ids).toEqual([a])
    expect(parsed.rejected.map((entry) => entry.text)).toEqual(['nope', b.toUpperCase()])
  })

  test('more than there may be', () => {
    const parsed = parseProjects(`${a} ${b} ${uuid}`, { ...context, max: 2 })
    expect(parsed.ids).toEqual([a, b])
    expect(parsed.rejected).toEqual([{ text: uuid, reason: 'too_many', suggestion: null }])
  })
})

test('repeats are counted, within the list and against what was there', () => {
  const parsed = parseProjects(`${a} ${b} ${a} ${uuid}`, { ...context, present: [uuid] })
  expect(parsed).toEqual({ ids: [a, b], duplicates: 2, rejected: [] })
})

test('[row 12] takes exactly what the server takes', () => {
  for (const text of [a, uuid, a.slice(1), a.toUpperCase(), uuid.replace('-', ''), 'x']) {
    const taken = parseProjects(text, context).ids.length === 1
    expect(taken, text).toBe(ProjectId.safeParse(text).success)
  }
})

test('a long hostile paste is read in time linear in its length', () => {
  const started = performance.now()
  for (const text of [
    '<'.repeat(100_000),
    '"'.repeat(100_000),
    '> <'.repeat(30_000),
    `${'a-'.repeat(50_000)}`,
  ]) {
    parseProjects(text, context)
  }
  expect(performance.now() - started).toBeLessThan(1_000)
})
