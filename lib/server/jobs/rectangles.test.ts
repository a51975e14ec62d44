import { describe, expect, test } from 'vitest'
import { seededNumbers } from '../testing/seeded-chance'
import { cutRectangles, halves, type Pair, type Rectangle } from './rectangles'

const nameOf = ({ image, project }: Pair) => `${image} ${project}`
const pairsOf = ({ images, projects }: Rectangle): string[] =>
  images.flatMap((image) => projects.map((project) => nameOf({ image, project })))
const whole = (images: number, projects: number): Pair[] =>
  Array.from({ length: images * projects }, (_, at) => ({
    image: Math.floor(at / projects),
    project: at % projects,
  }))

describe('cutting a set of pairs into calls', () => {
  test.each([
    [1, 1, 1],
    [20, 5, 1],
    [20, 10, 2],
    [3, 150, 5],
    [1, 250, 3],
    [100, 1, 5],
    [200, 50, 100],
  ])('%i images × %i projects take %i calls', (images, projects, calls) => {
    expect(cutRectangles(whole(images, projects))).toHaveLength(calls)
  })

  test('a rectangle that fits in two calls has each image in one of them', () => {
    const images = cutRectangles(whole(20, 10)).flatMap((call) => call.images)
    expect(new Set(images).size).toBe(images.length)
  })

  test('one hole costs one call more', () => {
    const pairs = whole(6, 8).filter(({ image, project }) => image !== 2 || project !== 3)
    expect(cutRectangles(pairs)).toHaveLength(2)
  })

  test('nothing takes no call', () => expect(cutRectangles([])).toEqual([]))

  test.each(Array.from({ length: 40 }, (_, seed) => seed + 1))(
    'seed %i: every pair is in exactly one call, no hole is in any, and no call is too large',
    (seed) => {
      const random = seededNumbers(seed)
      const size = (end: number) => 1 + Math.floor(random() * end)
      const density = random()
      const pairs = whole(size(60), size(seed % 4 === 0 ? 300 : 30)).filter(() => random() < density)
      const calls = cutRectangles(pairs)
      expect(calls.flatMap(pairsOf).sort()).toEqual(pairs.map(nameOf).sort())
      for (const { images, projects } of calls) {
        expect(images.length * projects.length).toBeLessThanOrEqual(100)
        expect(images.length).toBeLessThanOrEqual(20)
        expect(Math.min(images.length, projects.length)).toBeGreaterThan(0)
      }
    },
  )

  test('halves cover the whole and are smaller; a single image has none', () => {
    const rectangle = { images: [4, 5, 6], projects: [1, 2] }
    const parts = halves(rectangle, 'images')
    expect(parts.flatMap(pairsOf).sort()).toEqual(pairsOf(rectangle).sort())
    expect(parts).toHaveLength(2)
    expect(halves({ images: [4], projects: [1, 2] }, 'images')).toEqual([])
  })
})
