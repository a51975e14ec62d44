import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { buildDirectory } from './tools/build-manifests.ts'

/** Says in a sentence what is missing, before every single test fails for it. Starts nothing. */
export default function setup(): void {
  if (!existsSync(join(buildDirectory, '.next', 'BUILD_ID'))) {
    throw new Error(`${buildDirectory} holds no production build. Run npm run build, or npm test -- browser.`)
  }
}
