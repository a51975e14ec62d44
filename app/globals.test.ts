import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

const css = readFileSync(fileURLToPath(new URL('./globals.css', import.meta.url)), 'utf8')
const tokens = new Map(
  [...css.matchAll(/--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)].map(
    ([, name, light, dark]) => [name, { light: light ?? '', dark: dark ?? '' }],
  ),
)

/** WCAG 2.2, relative luminance of #rrggbb. */
function luminance(hex: string): number {
  const channel = (at: number) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
}

function contrast(a: string, b: string): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y)
  return ((high ?? 0) + 0.05) / ((low ?? 0) + 0.05)
}

const grounds = ['canvas', 'surface', 'raised', 'sunken', 'hover', 'selected']
const on = (front: string, ...backs: string[]) => backs.map((back) => [front, back] as const)

const text = [
  ...['ink', 'ink-2', 'ink-3', 'accent-ink', 'danger-ink', 'accepted-ink', 'pending-ink'].flatMap((ink) =>
    on(ink, ...grounds),
  ),
  ...['ink', 'ink-2'].flatMap((ink) =>
    on(ink, 'accent-tint', 'pending-tint', 'danger-tint', 'accepted-tint'),
  ),
  ...on('accent-fg', 'accent', 'accent-strong'),
  ...on('danger-fg', 'danger', 'danger-strong'),
  ...on('accepted-fg', 'accepted'),
  ...on('accent-ink', 'accent-tint'),
  ...on('accepted-ink', 'accepted-tint'),
  ...on('pending-ink', 'pending-tint'),
  ...on('rejected-ink', 'rejected-tint'),
  ...on('danger-ink', 'danger-tint'),
  ...on('tray-ink', 'tray', 'tray-hover'),
  ...on('tray-accent-fg', 'tray-accent'),
]

const marks = [
  ...['accent', 'accepted', 'pending', 'rejected', 'danger', 'waiting', 'control', 'focus'].flatMap((mark) =>
    on(mark, 'canvas', 'surface', 'raised', 'hover', 'selected'),
  ),
  ...['accent', 'accepted', 'waiting'].flatMap((mark) => on(mark, 'track')),
  ...on('accent', 'accent-tint'),
  ...on('pending', 'pending-tint'),
  ...on('rejected', 'rejected-tint'),
  ...on('danger', 'danger-tint'),
  ...on('tray-focus', 'tray'),
]

describe.each(['light', 'dark'] as const)('%s theme', (theme) => {
  const colour = (name: string) => {
    const token = tokens.get(name)
    if (!token) throw new Error(`globals.css has no colour --${name}`)
    return token[theme]
  }

  test.each(text)('%s is readable on %s', (front, back) => {
    expect(contrast(colour(front), colour(back))).toBeGreaterThanOrEqual(4.5)
  })

  test.each(marks)('%s is seen on %s', (front, back) => {
    expect(contrast(colour(front), colour(back))).toBeGreaterThanOrEqual(3)
  })
})

test('the formula is the one of WCAG', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5)
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2)
})
