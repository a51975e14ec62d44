import { build } from './build.mjs'
import { ensureChromium } from './chromium.mjs'
import { install } from './install.mjs'
import { startPostgres } from './postgres.mjs'
import { runScript } from './processes.mjs'
import { PlainError } from './project.mjs'
import { runCommands, runPlaywright, runVitest } from './runners.mjs'
import { alwaysSummed, onePassed, runSteps } from './steps.mjs'

// npm test: everything. npm test -- unit lint: the named steps alone.

const bringUp = { chromium: ensureChromium, postgres: startPostgres }
const brought = {}

const steps = {
  lint: { name: 'format and lint', run: command(['biome', 'check', '--error-on-warnings', '.']) },
  types: { name: 'types', run: command(['next', 'typegen'], ['tsc', '--noEmit']) },
  unused: { name: 'unused code', run: command(['knip']) },
  unit: {
    name: 'unit tests',
    needs: ['postgres'],
    run: () => runVitest('unit', 'e2e/vitest.config.ts', { TEST_DATABASE_URL: need('postgres').url }),
  },
  contract: {
    name: 'contract tests',
    run: () => runVitest('contract', 'e2e/contract/vitest.config.ts', { OS_AUTH_URL: undefined }),
  },
  build: { name: 'build', run: buildStep },
  browser: { name: 'browser tests', needs: ['chromium', 'postgres'], run: browserStep },
}

runScript(() =>
  alwaysSummed(async () => {
    const wanted = chooseSteps(process.argv.slice(2))
    await install()
    for (const program of new Set(wanted.flatMap((step) => step.needs ?? []))) await bring(program)
    return runSteps(wanted)
  }),
)

function chooseSteps(names) {
  const unknown = names.filter((name) => !Object.hasOwn(steps, name))
  if (unknown.length > 0) {
    throw new PlainError(`No such step: ${unknown.join(', ')}. There are: ${Object.keys(steps).join(', ')}.`)
  }
  const wanted = names.includes('browser') ? [...names, 'build'] : names
  return Object.entries(steps)
    .filter(([name]) => wanted.length === 0 || wanted.includes(name))
    .map(([, step]) => step)
}

/** A program that cannot be brought up does not end the run: the steps that need it fail with its reason. */
async function bring(program) {
  try {
    brought[program] = { value: await bringUp[program]() }
  } catch (error) {
    if (!(error instanceof PlainError)) throw error
    console.error(`\n${error.message}`)
    brought[program] = { error }
  }
}

function need(program) {
  const { value, error } = brought[program]
  if (error) throw error
  return value
}

function command(...commands) {
  return () => runCommands(commands)
}

async function buildStep() {
  await build({ show: true })
  brought.build = { value: true }
  return onePassed()
}

function browserStep() {
  if (!brought.build) throw new PlainError('The build failed, so the browser tests did not run.')
  return runPlaywright('browser', [], {
    CHROMIUM_PATH: need('chromium'),
    TEST_DATABASE_URL: need('postgres').url,
  })
}
