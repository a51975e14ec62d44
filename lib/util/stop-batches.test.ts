import { expect, test } from 'vitest'
import { canBeStopped, type StopBatch, type StoppedShare, stopBatches } from './stop-batches'

const share = (imageId: string, project: string, via = 'own'): StoppedShare => ({ imageId, project, via })
const pairsOf = ({ images, projects, only }: StopBatch) =>
  only.map(([image, project]) => `${images[image]} ${projects[project]}`)

test('a set that is no rectangle stays the set that was chosen', () => {
  const chosen = [share('i1', 'p1'), share('i1', 'p2'), share('i2', 'p2'), share('i3', 'p1')]
  const { batches, pairs, leftOut } = stopBatches(chosen)
  expect(batches).toHaveLength(1)
  expect(batches.flatMap(pairsOf)).toEqual(['i1 p1', 'i1 p2', 'i2 p2', 'i3 p1'])
  expect({ pairs, leftOut }).toEqual({ pairs: 4, leftOut: 0 })
})

test('every project that acts gets a job of its own', () => {
  const { batches } = stopBatches([share('i1', 'p1', 'a'), share('i2', 'p1', 'b'), share('i3', 'p1', 'a')])
  expect(batches.map((batch) => [batch.via, ...pairsOf(batch)])).toEqual([
    ['a', 'i1 p1', 'i3 p1'],
    ['b', 'i2 p1'],
  ])
})

test('a pair given twice, as duplicate rows are, is sent once, and its image named', () => {
  const given = [
    share('i0', 'p1'),
    share('i1', 'p1'),
    share('i1', 'p1'),
    share('i1', 'p1'),
    share('i1', 'p2'),
  ]
  const { batches, pairs } = stopBatches([...given, share('i2', 'p1', 'b'), share('i2', 'p1', 'b')])
  expect(pairs).toBe(4)
  expect(batches.flatMap(pairsOf)).toEqual(['i0 p1', 'i1 p1', 'i1 p2', 'i2 p1'])
  expect(batches.map(({ twice }) => twice)).toEqual([['i1'], ['i2']])
})

test.each([
  ['pairs', { pairs: 2, targets: 10, cells: 100 }],
  ['images or projects', { pairs: 10, targets: 2, cells: 100 }],
  ['cells of the grid', { pairs: 10, targets: 10, cells: 4 }],
])('too many %s go into several jobs, and none is lost', (_, limits) => {
  const chosen = [
    share('i1', 'p1'),
    share('i2', 'p2'),
    share('i3', 'p3'),
    share('i4', 'p4'),
    share('i5', 'p5'),
  ]
  const { batches, pairs } = stopBatches(chosen, limits)
  expect(batches.map(({ only }) => only.length)).toEqual([2, 2, 1])
  expect(batches.flatMap(pairsOf)).toEqual(['i1 p1', 'i2 p2', 'i3 p3', 'i4 p4', 'i5 p5'])
  expect(pairs).toBe(5)
})

test('what no call can address is left out and counted, once for duplicate rows', () => {
  const { batches, pairs, leftOut } = stopBatches([
    share('i1', 'a/b'),
    share('i1', 'a/b'),
    share('i1', '..'),
    share('i1', 'PLATFORM team #1'),
  ])
  expect(batches.flatMap(pairsOf)).toEqual(['i1 PLATFORM team #1'])
  expect({ pairs, leftOut }).toEqual({ pairs: 1, leftOut: 2 })
})

test.each(['a/b', 'é', '東京', '.', '...', ' ', 'a\nb', '\ud800', 'x'.repeat(256), ''])(
  '%j can’t be stopped',
  (id) => expect(canBeStopped(id)).toBe(false),
)

test.each(['9c61000000000000000000000000e19a', ' x ', 'a.b', 'a\\b', '?', '#x', '=1+1', 'x'.repeat(255)])(
  '%j can',
  (id) => expect(canBeStopped(id)).toBe(true),
)
