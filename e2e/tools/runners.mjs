import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { run } from './processes.mjs'
import { reportDirectory, tail } from './project.mjs'
import { readPlaywrightReport, readVitestReport } from './reports.mjs'
import { oneFailed, onePassed } from './steps.mjs'

// A test that spins cannot be ended by its runner.
const limitMs = 30 * 60_000

/**
 * Runs commands in order until one fails; the whole counts as one test.
 * @param {string[][]} commands each a program and its arguments
 */
export async function runCommands(commands) {
  for (const [command, ...args] of commands) {
    const { code, output } = await run(command, args, { show: true })
    if (code !== 0) return oneFailed(command, tail(output, 60) || `${command} ended with code ${code}.`)
  }
  return onePassed()
}

/**
 * Runs a Vitest configuration.
 * @param {string} name the report's file name
 * @param {string} config path from the repository's root
 * @param {Record<string, string | undefined>} env
 */
export async function runVitest(name, config, env = {}) {
  const file = freshReport(name)
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
  const { code } = await run('vitest', ['run', '--config', config, ...reporters], {
    env,
    show: true,
    limitMs,
  })
  return readVitestReport(file, code)
}

/**
 * Runs the browser tests.
 * @param {string} name the report's file name
 * @param {string[]} args for Playwright beside the configuration
 * @param {Record<string, string | undefined>} env
 */
export async function runPlaywright(name, args, env = {}) {
  const file = freshReport(name)
  const { code } = await run(
    'playwright',
    ['test', '--config', 'e2e/playwright.config.ts', '--reporter=list,json', ...args],
    { env: { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: file }, show: true, limitMs },
  )
  return readPlaywrightReport(file, code)
}

function freshReport(name) {
  const file = join(reportDirectory, `${name}.json`)
  mkdirSync(reportDirectory, { recursive: true })
  rmSync(file, { force: true })
  return file
}
