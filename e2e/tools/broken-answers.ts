import type { FaultKind } from '../mock-cloud/faults.ts'
import { say } from './words.ts'

const html: FaultKind = {
  kind: 'answer',
  status: 502,
  body: '<html><body><h1>Bad gateway</h1></body></html>',
}
/** Answers nobody can use, and what is said about them. */
export const brokenAnswers: readonly { title: string; fault: FaultKind; words: string }[] = [
  { title: 'cloud unreachable', fault: { kind: 'reset' }, words: say('errors.upstream_unavailable') },
  { title: 'HTML error body', fault: html, words: say('errors.upstream_unavailable') },
  {
    title: 'HTML instead of JSON',
    fault: { kind: 'mangle', how: 'html' },
    words: say('errors.upstream_contract'),
  },
  {
    title: 'truncated JSON',
    fault: { kind: 'mangle', how: 'truncated' },
    words: say('errors.upstream_contract'),
  },
]
