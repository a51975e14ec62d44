import { expect, test } from 'vitest'
import type { AuditSummary } from '@/lib/contracts/audits'
import { earlierThan } from './changes-earlier'

const audit = (id: string, createdAt: string, changes: Partial<AuditSummary> = {}) =>
  // The parts the choice goes by; nothing else is looked at.
  ({ id, createdAt, state: 'complete', reach: 'cloud', region: 'north', ...changes }) as AuditSummary

const shown = audit('shown', '2026-11-03T00:00:00Z')

test('earlier complete audits of the same reach, newest first', () => {
  const all = [
    audit('old', '2026-11-01T00:00:00Z'),
    audit('before', '2026-11-02T00:00:00Z'),
    shown,
    audit('later', '2026-11-04T00:00:00Z'),
    audit('own', '2026-11-02T00:00:00Z', { reach: 'own' }),
    audit('elsewhere', '2026-11-02T00:00:00Z', { region: 'south' }),
    audit('cancelled', '2026-11-02T00:00:00Z', { state: 'cancelled' }),
    audit('same moment', '2026-11-03T00:00:00Z'),
  ]
  expect(earlierThan(shown, all).map(({ id }) => id)).toEqual(['before', 'old'])
})

test('an audit that is not complete is compared with nothing', () => {
  const running = audit('running', '2026-11-03T00:00:00Z', { state: 'running' })
  expect(earlierThan(running, [audit('before', '2026-11-02T00:00:00Z')])).toEqual([])
})
