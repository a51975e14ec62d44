import { describe, expect, it } from 'vitest'
import { workOf } from './work-of'

const scope = { cloud: 'c', region: 'north', project: 'p', projectName: 'team' }
const audit = { jobId: null, auditId: 'a', scope, mine: false, facts: {} }

describe('workOf', () => {
  it('leads to a job, whoever started it', () => {
    expect(workOf({ ...audit, jobId: 'j', auditId: null })).toMatchObject({ kind: 'job' })
  })

  it('leads to an audit of one’s own, and to one of the whole cloud', () => {
    expect(workOf({ ...audit, mine: true, facts: { reach: 'own' } })).toMatchObject({ kind: 'audit' })
    expect(workOf({ ...audit, facts: { reach: 'cloud' } })).toMatchObject({ kind: 'audit' })
  })

  it('leads nowhere from what somebody else read of projects of their own', () => {
    expect(workOf({ ...audit, facts: { reach: 'own' } })).toBeNull()
    expect(workOf(audit)).toBeNull()
  })
})
