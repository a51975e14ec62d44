import { afterEach, expect, test, vi } from 'vitest'
import { newId } from './new-id'

const uuid4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

afterEach(() => vi.unstubAllGlobals())

test('an id is a UUID of version 4, in a secure context and outside of one', () => {
  expect(newId()).toMatch(uuid4)
  const getRandomValues = (array: Uint8Array) => array.fill(0xff)
  vi.stubGlobal('crypto', { getRandomValues })
  expect(newId()).toBe('ffffffff-ffff-4fff-bfff-ffffffffffff')
  expect(newId()).toMatch(uuid4)
})
