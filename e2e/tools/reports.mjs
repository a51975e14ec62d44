import { readFileSync } from 'node:fs'
import { root } from './project.mjs'
import { oneFailed } from './steps.mjs'

const longestMessage = 4000

/**
 * Turns Vitest's JSON report into a result.
 * @param {string} file
 * @param {number} exitCode Vitest's; a run that ended badly without a failed test counts as one failed test
 * @returns {import('./steps.mjs').Result}
 */
export function readVitestReport(file, exitCode) {
  const report = readJson(file)
  if (!report) return oneFailed('Vitest', `Vitest ended with code ${exitCode} and left no report.`)
  const tests = report.testResults.flatMap((suite) => suite.assertionResults)
  const failures = report.testResults.flatMap((suite) => {
    const failed = suite.assertionResults.filter((test) => test.status === 'failed')
    // A file that could not be loaded, or whose hook failed, has a message of its own and no failed test.
    if (failed.length === 0 && suite.status === 'failed') return [failure(suite.name, [suite.message])]
    return failed.map((test) => failure(test.fullName, test.failureMessages))
  })
  const outcomes = tests.map(({ status }) => (['passed', 'failed'].includes(status) ? status : 'skipped'))
  return settle('Vitest', exitCode, outcomes, failures)
}

/**
 * Turns Playwright's JSON report into a result; a flaky test is a failed one.
 * @param {string} file
 * @param {number} exitCode Playwright's, treated as Vitest's
 * @returns {import('./steps.mjs').Result}
 */
export function readPlaywrightReport(file, exitCode) {
  const report = readJson(file)
  if (!report) return oneFailed('Playwright', `Playwright ended with code ${exitCode} and left no report.`)
  const tests = report.suites.flatMap((suite) => testsOf(suite, []))
  const failures = [
    ...report.errors.map((error) => failure('outside of a test', [error.message])),
    ...tests.filter((test) => test.outcome === 'failed').map((test) => test.failure),
  ]
  return settle(
    'Playwright',
    exitCode,
    tests.map((test) => test.outcome),
    failures,
  )
}

const playwrightOutcomes = { expected: 'passed', unexpected: 'failed', flaky: 'failed', skipped: 'skipped' }

function testsOf(suite, titles) {
  const path = [...titles, suite.title].filter(Boolean)
  const own = (suite.specs ?? []).flatMap((spec) =>
    spec.tests.map(({ projectName, results, status }) => {
      const name = [projectName, ...path, spec.title].filter(Boolean).join(' › ')
      const errors = (results.find((result) => result.errors?.length)?.errors ?? []).map(
        (error) => error.message,
      )
      if (status === 'flaky') errors.unshift('Passed only when it was tried again.')
      return { outcome: playwrightOutcomes[status], failure: failure(name, errors) }
    }),
  )
  return [...own, ...(suite.suites ?? []).flatMap((inner) => testsOf(inner, path))]
}

function settle(runner, exitCode, outcomes, failures) {
  const count = (wanted) => outcomes.filter((outcome) => outcome === wanted).length
  const result = { passed: count('passed'), failed: failures.length, skipped: count('skipped'), failures }
  if (failures.length > 0 || (exitCode === 0 && outcomes.length > 0)) return result
  const cause = exitCode === 0 ? 'found no tests' : `ended with code ${exitCode} although no test failed`
  return {
    ...result,
    failed: 1,
    failures: [failure(runner, [`${runner} ${cause}; its own words are above.`])],
  }
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: terminal colours begin with the escape character
const colours = /\u001b\[[0-9;]*m/g
const foreignFrames = /^ +at .*(?:node_modules|node:internal|new Promise).*\n?/gm

function failure(name, messages) {
  const text = messages
    .filter(Boolean)
    .join('\n')
    .replaceAll(colours, '')
    .replaceAll(foreignFrames, '')
    .replaceAll(`${root}/`, '')
    .trim()
  const message = text.length > longestMessage ? `${text.slice(0, longestMessage)} …` : text
  return { name: name.replace(`${root}/`, ''), message: message || 'No message was given.' }
}

function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}
