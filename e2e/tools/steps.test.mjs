import { describe, expect, test } from 'vitest'
import { PlainError } from './project.mjs'
import { alwaysSummed, oneFailed, onePassed, runSteps } from './steps.mjs'

const fine = { name: 'fine', run: onePassed }

async function printed(steps) {
  const lines = []
  const code = await runSteps(steps, (line) => lines.push(line))
  return { code, text: lines.join('\n'), last: lines.join('\n').split('\n').at(-1) }
}

describe('runSteps', () => {
  test('sums all steps in its last line and ends well', async () => {
    const many = { name: 'many', run: async () => ({ passed: 41, failed: 0, skipped: 0, failures: [] }) }
    expect(await printed([fine, many])).toMatchObject({ code: 0, last: '42 passed, 0 failed, 0 skipped' })
  })

  test('runs later steps after a failure and tells the cause after everything else', async () => {
    const bad = { name: 'bad', run: () => oneFailed('adds up', 'expected 2, got 3') }
    const { code, text, last } = await printed([bad, fine])
    expect({ code, last }).toEqual({ code: 1, last: '1 passed, 1 failed, 0 skipped' })
    expect(text.indexOf('expected 2, got 3')).toBeGreaterThan(text.indexOf('── fine: 1 passed'))
    expect(text).toContain('FAILED  bad: adds up')
  })

  test('a step that throws is one failed test with its reason', async () => {
    const { code, text, last } = await printed([
      fine,
      { name: 'browser tests', run: () => Promise.reject(new PlainError('Chromium is missing.')) },
    ])
    expect({ code, last }).toEqual({ code: 1, last: '1 passed, 1 failed, 0 skipped' })
    expect(text).toContain('FAILED  browser tests\n    Chromium is missing.')
  })

  test('a skipped test makes the run red', async () => {
    const skipping = { name: 'lazy', run: () => ({ passed: 3, failed: 0, skipped: 1, failures: [] }) }
    expect(await printed([skipping])).toMatchObject({ code: 1, last: '3 passed, 0 failed, 1 skipped' })
  })

  test('nothing run is not a success', async () => {
    expect(await printed([])).toMatchObject({ code: 1, last: '0 passed, 0 failed, 0 skipped' })
  })
})

test('what fails before the first step still ends with a sum', async () => {
  const lines = []
  const code = await alwaysSummed(
    () => Promise.reject(new PlainError('npm ci failed.')),
    (line) => lines.push(line),
  )
  expect(code).toBe(1)
  expect(lines.join('\n')).toBe('\nnpm ci failed.\n\n0 passed, 1 failed, 0 skipped')
})
