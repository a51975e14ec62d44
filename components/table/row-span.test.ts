import { describe, expect, it } from 'vitest'
import { growSpan } from './row-span'

const target = { first: 100, last: 128 }
const wish = { target, start: 106, wanted: null }

describe('growSpan', () => {
  it('begins at the first row shown, goes down and then up, so many rows at a time', () => {
    const spans = []
    let built = { first: 0, last: 40 }
    while (built.first !== target.first || built.last !== target.last) {
      built = growSpan(built, wish, 8)
      spans.push(built)
    }
    expect(spans).toEqual([
      { first: 106, last: 113 },
      { first: 106, last: 121 },
      { first: 105, last: 128 },
      { first: 100, last: 128 },
    ])
  })

  it('keeps what is built of the target and lets the rest go', () => {
    expect(growSpan({ first: 90, last: 118 }, wish, 8)).toEqual({ first: 100, last: 126 })
    expect(growSpan({ first: 110, last: 138 }, wish, 8)).toEqual({ first: 102, last: 128 })
    expect(growSpan({ first: 0, last: 999 }, wish, 8)).toEqual(target)
  })

  it('has the row that the keyboard goes to at once', () => {
    expect(growSpan({ first: 80, last: 108 }, { ...wish, wanted: 122 }, 8)).toEqual({ first: 100, last: 122 })
    expect(growSpan({ first: 0, last: 40 }, { ...wish, wanted: 122 }, 4)).toEqual({ first: 122, last: 125 })
    expect(growSpan({ first: 0, last: 40 }, { ...wish, wanted: 500 }, 4)).toEqual({ first: 106, last: 109 })
  })
})
