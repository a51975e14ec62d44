import { expect, test } from 'vitest'
import { CELL_CODES, CELL_STATES, cellState, countCells, hasFinding } from './pair-cells'

test('every state has one character of its own', () => {
  expect(new Set(Object.values(CELL_CODES)).size).toBe(CELL_STATES.length)
  for (const state of CELL_STATES) expect(cellState(CELL_CODES[state])).toBe(state)
})

test('upper case is the same state with a finding', () => {
  expect(cellState('A')).toBe('accepted')
  expect(hasFinding('A')).toBe(true)
  expect(hasFinding('a')).toBe(false)
  expect(hasFinding('.')).toBe(false)
})

test('what is not in the table is not taken for something that is', () => {
  expect(cellState('?')).toBe('unknown')
  expect(cellState(undefined)).toBe('none')
})

test('counting', () => {
  expect(countCells(['aaP', '.pf'])).toEqual({ accepted: 2, pending: 2, none: 1, failed: 1 })
})
