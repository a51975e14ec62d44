import { describe, expect, test } from 'vitest'
import type { Call } from '../http/call.ts'
import { isReply } from '../keystone/tokens.ts'
import type { Image } from '../records.ts'
import { readFilters } from './list-filters.ts'
import { readListParams } from './list-params.ts'

const call = (query: string) => ({ query, method: 'GET', headers: { accept: 'application/json' } }) as Call
const image = (fields: Partial<Image>) => ({ properties: {}, os_hidden: false, ...fields }) as Image

function params(query: string) {
  const read = readListParams(call(query))
  if (isReply(read)) throw new Error(`${read.status} ${read.body}`)
  return read
}

function accepts(query: string, fields: Partial<Image>): boolean {
  const tests = readFilters(params(query).filters)
  if (!Array.isArray(tests)) throw new Error(String(tests))
  return tests.every((passes) => passes(image(fields)))
}

describe('parameters', () => {
  test('a name taken once leaves its second value as a filter', () => {
    const read = params('limit=2&limit=3&member_status=pending&member_status=accepted&name=a&name=b')
    expect(read).toMatchObject({ limit: 2, memberStatus: 'pending' })
    expect([...read.filters]).toEqual([
      ['limit', '3'],
      ['member_status', 'accepted'],
      ['name', 'b'],
    ])
  })

  test('links keep the last value of every name and no marker', () => {
    expect([...params('tag=a&tag=b&limit=2&marker=x').links]).toEqual([
      ['tag', 'b'],
      ['limit', '2'],
    ])
  })

  test.each([
    ['', 'created_at desc, id desc'],
    ['sort=name:asc', 'name asc, created_at asc, id asc'],
    ['sort=name:asc,size:desc', 'name asc, size desc, created_at desc, id desc'],
    ['sort=name', 'name desc, created_at desc, id desc'],
    ['sort_key=name&sort_dir=asc', 'name asc, created_at asc, id asc'],
    ['sort_key=size&sort_key=name&sort_dir=asc', 'size asc, name asc, created_at asc, id asc'],
    [
      'sort_key=size&sort_key=name&sort_dir=asc&sort_dir=desc',
      'size asc, name desc, created_at desc, id desc',
    ],
  ])('order of %j', (query, order) => {
    const sorts = params(query).sorts.map(({ key, descending }) => `${key} ${descending ? 'desc' : 'asc'}`)
    expect(sorts.join(', ')).toBe(order)
  })
})

describe('filters', () => {
  test.each([
    ['name=in:"a:b","x,y"', 'x,y', true],
    ['name=in:"a:b","x,y"', 'x', false],
    ['name=in:x,y', 'y', true],
    ['name=eq:a:b', 'a:b', true],
  ])('%s takes %j: %s', (query, name, taken) => {
    expect(accepts(query, { name })).toBe(taken)
  })

  test('a colon is an operator, and one that is unknown', () => {
    expect(readFilters(params('name=a:b').filters)).toBe("Unable to filter by unknown operator 'a'.")
    expect(readFilters(params('name="a:b"').filters)).toBe("Unable to filter by unknown operator '\"a'.")
  })

  test('a time needs no operator although it has colons', () => {
    const created_at = Date.parse('2026-01-02T03:04:05Z')
    expect(accepts('created_at=2026-01-02T03:04:05Z', { created_at })).toBe(true)
    expect(accepts('created_at=gt:2026-01-02T03:04:05Z', { created_at })).toBe(false)
    expect(accepts('created_at=lte:2026-01-02', { created_at })).toBe(false)
  })

  test('an open quote, and numbers that are none', () => {
    expect(readFilters(params('name=in:"x').filters)).toMatch(/quote is not closed/)
    expect(readFilters(params('size_min=x').filters)).toMatch(/non-numeric/)
    expect(readFilters(params('size=x').filters)).toBeNull()
  })

  test('unknown names are properties', () => {
    expect(accepts('os_distro=debian', { properties: { os_distro: 'debian' } })).toBe(true)
    expect(accepts('os_distro=debian', { properties: {} })).toBe(false)
  })
})
