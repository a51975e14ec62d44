import { describe, expect, it } from 'vitest'
import type { AuditSummary } from '@/lib/contracts/audits'
import { isAuditWhole } from './audit-whole'

const source = { id: 'p', name: 'team' }
const whole = {
  state: 'complete',
  isTruncated: false,
  progress: { imagesRefused: 0 },
  sources: [source],
} as unknown as AuditSummary

describe('isAuditWhole', () => {
  it('is so when nothing was left out', () => {
    expect(isAuditWhole(whole)).toBe(true)
  })

  it.each<[string, Partial<AuditSummary>]>([
    ['cancelled', { state: 'cancelled' }],
    ['broken off', { state: 'failed' }],
    ['cut by the cloud', { isTruncated: true }],
    ['an image refused', { progress: { ...whole.progress, imagesRefused: 1 } }],
    ['a project closed', { sources: [{ ...source, code: 'forbidden' }] }],
  ])('is not so: %s', (_, less) => {
    expect(isAuditWhole({ ...whole, ...less })).toBe(false)
  })
})
