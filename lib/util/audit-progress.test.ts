import { describe, expect, it } from 'vitest'
import type { AuditProgress } from '../contracts/audits'
import { readingRate, readingTimeLeft } from './audit-progress'

const progress = (more: Partial<AuditProgress>): AuditProgress => ({
  imagesListed: 1_000,
  isListed: true,
  imagesRead: 250,
  imagesRefused: 0,
  members: 2_500,
  calls: 260,
  activeMs: 500,
  ...more,
})

describe('the progress of an audit', () => {
  it('goes on at the rate so far', () => {
    expect(readingRate(progress({}))).toBe(500)
    expect(readingTimeLeft(progress({}))).toBe(1_500)
    expect(readingTimeLeft(progress({ imagesRead: 1_000 }))).toBe(0)
  })

  it('says nothing of what it does not know', () => {
    expect(readingRate(progress({ imagesRead: 0 }))).toBeNull()
    expect(readingRate(progress({ activeMs: 0 }))).toBeNull()
    expect(readingTimeLeft(progress({ isListed: false }))).toBeNull()
  })
})
