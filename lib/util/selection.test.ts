import { expect, test } from 'vitest'
import { EMPTY_SELECTION, keepPresent, toggleAllRows, toggleRow } from './selection'

const order = ['a', 'b', 'c', 'd', 'e']
const ids = (selection: { ids: ReadonlySet<string> }) => [...selection.ids].sort().join('')

test('a click ticks one and unticks it again', () => {
  const one = toggleRow(EMPTY_SELECTION, 'b', order, false)
  expect(ids(one)).toBe('b')
  expect(ids(toggleRow(one, 'b', order, false))).toBe('')
})

test('shift reaches from the last click, both ways', () => {
  const down = toggleRow(toggleRow(EMPTY_SELECTION, 'b', order, false), 'd', order, true)
  expect(ids(down)).toBe('bcd')
  const up = toggleRow(toggleRow(EMPTY_SELECTION, 'd', order, false), 'a', order, true)
  expect(ids(up)).toBe('abcd')
})

test('shift on a ticked row unticks the range', () => {
  const all = { ids: new Set(order), anchor: 'b' }
  expect(ids(toggleRow(all, 'd', order, true))).toBe('ae')
})

test('shift without an anchor on screen is a plain click', () => {
  expect(ids(toggleRow({ ids: new Set(), anchor: 'gone' }, 'c', order, true))).toBe('c')
})

test('all, then none', () => {
  const all = toggleAllRows({ ids: new Set(['b']), anchor: 'b' }, order)
  expect(ids(all)).toBe('abcde')
  expect(ids(toggleAllRows(all, order))).toBe('')
  expect(ids(toggleAllRows(EMPTY_SELECTION, []))).toBe('')
})

test('rows that went are dropped; nothing dropped is the same object', () => {
  const some = { ids: new Set(['a', 'b']), anchor: 'a' }
  expect(keepPresent(some, new Set(order))).toBe(some)
  expect(ids(keepPresent(some, new Set(['b', 'c'])))).toBe('b')
})
