import { PlainError } from './project.mjs'

/**
 * What a step found out.
 * @typedef {{ passed: number, failed: number, skipped: number, failures: { name: string, message: string }[] }} Result
 * @typedef {{ name: string, run: () => Result | Promise<Result> }} Step
 */

/** @returns {Result} */
export function onePassed() {
  return { passed: 1, failed: 0, skipped: 0, failures: [] }
}

/** @returns {Result} */
export function oneFailed(name, message) {
  return { passed: 0, failed: 1, skipped: 0, failures: [{ name, message }] }
}

/**
 * Runs steps one after the other, whatever the earlier ones gave; a step that throws counts as one failed test.
 * Prints what failed and why, then the sum as the last line.
 * @param {Step[]} steps
 * @param {(line: string) => void} print
 * @returns {Promise<number>} exit code: 0 when something passed and nothing failed or was skipped
 */
export async function runSteps(steps, print = console.log) {
  const results = []
  for (const step of steps) {
    print(`\n── ${step.name} ──`)
    const startedAt = Date.now()
    const result = await attempt(step)
    const seconds = ((Date.now() - startedAt) / 1000).toFixed(1)
    print(`── ${step.name}: ${counts(result)} (${seconds} s)`)
    results.push({ step: step.name, ...result })
  }
  const total = (kind) => results.reduce((sum, result) => sum + result[kind], 0)
  const sum = { passed: total('passed'), failed: total('failed'), skipped: total('skipped') }
  printFailures(results, print)
  print(`\n${counts(sum)}`)
  return sum.failed === 0 && sum.skipped === 0 && sum.passed > 0 ? 0 : 1
}

/**
 * Runs a whole test script so that its last line is a sum whatever happens: what fails before the first step
 * counts as one failed test.
 * @param {() => Promise<number>} main resolves to the exit code
 * @param {(line: string) => void} print
 */
export async function alwaysSummed(main, print = console.log) {
  try {
    return await main()
  } catch (error) {
    print(`\n${reason(error)}\n\n${counts({ passed: 0, failed: 1, skipped: 0 })}`)
    return 1
  }
}

async function attempt(step) {
  try {
    return await step.run()
  } catch (error) {
    return oneFailed(step.name, reason(error))
  }
}

function reason(error) {
  return error instanceof PlainError ? error.message : String(error?.stack ?? error)
}

function printFailures(results, print) {
  for (const { step, skipped, failures } of results) {
    for (const { name, message } of failures) {
      print(`\nFAILED  ${step}${name === step ? '' : `: ${name}`}`)
      print(message.replace(/^/gm, '    '))
    }
    if (skipped > 0) print(`\nSKIPPED ${step}: ${skipped} (a skipped test counts against the run)`)
  }
}

function counts({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`
}
