import 'server-only'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** The environment of a dashboard that knows the clouds of a clouds.yaml, by name. */
export function cloudsInFile(clouds: Record<string, object>): Record<string, string> {
  const file = join(mkdtempSync(join(tmpdir(), 'shareboard-clouds-')), 'clouds.yaml')
  // JSON is YAML.
  writeFileSync(file, JSON.stringify({ clouds }))
  return { OS_AUTH_URL: '', OS_CLIENT_CONFIG_FILE: file }
}
