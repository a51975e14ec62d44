import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readPlaywrightReport, readVitestReport } from './reports.mjs'

let directory
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'shareboard-reports-'))
})
afterAll(() => rmSync(directory, { recursive: true }))

function saved(report) {
  const file = join(directory, 'report.json')
  writeFileSync(file, typeof report === 'string' ? report : JSON.stringify(report))
  return file
}

const vitestTest = (fullName, status, ...failureMessages) => ({ fullName, status, failureMessages })
const suite = (status, assertionResults, message = '') => ({
  name: 'lib/a.test.ts',
  status,
  message,
  assertionResults,
})

describe('Vitest', () => {
  test('counts, and keeps names and reasons of what failed', () => {
    const bad = vitestTest('adds up', 'failed', 'AssertionError: expected 1 to be 2\n    at node:internal/x')
    const tests = [vitestTest('works', 'passed'), bad, vitestTest('later', 'todo')]
    expect(readVitestReport(saved({ testResults: [suite('failed', tests)] }), 1)).toEqual({
      passed: 1,
      failed: 1,
      skipped: 1,
      failures: [{ name: 'adds up', message: 'AssertionError: expected 1 to be 2' }],
    })
  })

  test('a file that cannot be loaded is one failed test; what it kept from running is skipped', () => {
    const report = { testResults: [suite('failed', [vitestTest('never', 'skipped')], 'hook broke')] }
    expect(readVitestReport(saved(report), 1)).toEqual({
      passed: 0,
      failed: 1,
      skipped: 1,
      failures: [{ name: 'lib/a.test.ts', message: 'hook broke' }],
    })
  })

  test('a bad end without a failed test is one failed test', () => {
    const report = { testResults: [suite('passed', [vitestTest('works', 'passed')])] }
    expect(readVitestReport(saved(report), 1)).toMatchObject({ passed: 1, failed: 1 })
    expect(readVitestReport(saved(report), 0)).toMatchObject({ passed: 1, failed: 0 })
  })

  test('no tests, no report or a broken report is one failed test', () => {
    expect(readVitestReport(saved({ testResults: [] }), 0)).toMatchObject({ passed: 0, failed: 1 })
    expect(readVitestReport(saved('{"testRes'), 1)).toMatchObject({ passed: 0, failed: 1 })
    expect(readVitestReport(join(directory, 'none.json'), 0)).toMatchObject({ passed: 0, failed: 1 })
  })
})

describe('Playwright', () => {
  const spec = (title, status, ...results) => ({
    title,
    tests: [{ projectName: 'chromium', status, results }],
  })
  const report = (specs, errors = []) => ({
    errors,
    suites: [{ title: 'a.e2e.ts', specs: [], suites: [{ title: 'group', specs }] }],
  })

  test('counts flaky as failed and names tests by their path', () => {
    const specs = [
      spec('works', 'expected', { errors: [] }),
      spec('shaky', 'flaky', { errors: [{ message: '\u001b[31mtoo late\u001b[39m' }] }, { errors: [] }),
      spec('not run', 'skipped'),
    ]
    expect(readPlaywrightReport(saved(report(specs)), 0)).toEqual({
      passed: 1,
      failed: 1,
      skipped: 1,
      failures: [
        {
          name: 'chromium › a.e2e.ts › group › shaky',
          message: 'Passed only when it was tried again.\ntoo late',
        },
      ],
    })
  })

  test('an error outside of the tests is a failed test', () => {
    const broken = report(
      [spec('works', 'expected', { errors: [] })],
      [{ message: 'webServer did not start' }],
    )
    expect(readPlaywrightReport(saved(broken), 1)).toMatchObject({
      passed: 1,
      failed: 1,
      failures: [{ message: 'webServer did not start' }],
    })
  })
})
