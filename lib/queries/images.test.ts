import { describe, expect, test } from 'vitest'
import type { ImagePage } from '../contracts/images'
import { images } from './images'

const scope = { cloud: 'openstack', region: 'north', project: 'p1' }
const { getNextPageParam } = images.pages(scope, false)
const page = (next: string | null): ImagePage => ({ images: [], next, truncated: false })
const nextAfter = (next: string | null, read: (string | undefined)[]) =>
  getNextPageParam(
    page(next),
    read.map(() => page(null)),
    read.at(-1),
    read,
  )

describe('the next page of a list', () => {
  test.each<[string, string | null, (string | undefined)[], string | undefined]>([
    ['is the one the cloud names', 'b', [undefined, 'a'], 'b'],
    ['is none at the end', null, [undefined], undefined],
    ['is none when it is this very page', 'a', [undefined, 'a'], undefined],
    ['is none when it was read before', 'a', [undefined, 'a', 'b'], undefined],
  ])('%s', (_what, next, read, wanted) => {
    expect(nextAfter(next, read)).toBe(wanted)
  })

  test('is none after two hundred, whatever the cloud names', () => {
    const read = (count: number) =>
      Array.from({ length: count }, (_, at) => (at === 0 ? undefined : `m${at}`))
    expect(nextAfter('more', read(199))).toBe('more')
    expect(nextAfter('more', read(200))).toBeUndefined()
  })
})
