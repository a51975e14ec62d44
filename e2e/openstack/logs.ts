import { readFileSync } from 'node:fs'

const LINES = 100

/** The last lines of a log file, with its path above them; says so when there is nothing to show. */
export function logTail(path: string): string {
  let text = ''
  try {
    text = readFileSync(path, 'utf8').trimEnd()
  } catch {
    return `There is no log at ${path}.`
  }
  if (text === '') return `The log ${path} is empty.`
  return `The end of ${path}:\n${text.split('\n').slice(-LINES).join('\n')}`
}
