import { expect, test } from 'vitest'
import { withChanges } from './use-url-state'

const defaults = { q: '', sort: '-updated', tab: 'pending' }

test.each([
  ['', { q: 'rocky' }, 'q=rocky'],
  ['q=rocky', { q: '' }, ''],
  ['q=rocky', { sort: 'name' }, 'q=rocky&sort=name'],
  ['q=rocky&sort=name', { sort: '-updated' }, 'q=rocky'],
  ['project=abc&tab=accepted', { tab: 'pending' }, 'project=abc'],
  ['', { q: 'a&b=c d' }, 'q=a%26b%3Dc+d'],
  ['q=rocky', { q: undefined }, ''],
])('%s with %j becomes %s', (search, changes, expected) => {
  expect(withChanges(search, changes, defaults)).toBe(expected)
})
