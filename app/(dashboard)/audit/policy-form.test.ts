import { describe, expect, test } from 'vitest'
import { type AuditProject, defaultPolicy } from '@/lib/contracts/audits'
import { AuditPolicyInput } from '@/lib/contracts/inputs/audits'
import {
  domainSuggestions,
  formOf,
  type PolicyForm,
  policyNumbers,
  projectSuggestions,
  readPolicyForm,
  trustListBounds,
} from './policy-form'

const form = (changes: Partial<PolicyForm> = {}): PolicyForm => ({ ...formOf(defaultPolicy), ...changes })

test('what is shown and read again is the same policy', () => {
  const policy = {
    ...defaultPolicy,
    trustedDomains: ['Default', 'Partner GmbH'],
    trustedProjects: ['9c61'],
    keepDays: null,
    callsPerSecond: 20,
  }
  expect(readPolicyForm(formOf(policy))).toEqual({ policy, faults: null })
})

test('lines lose spaces around them, empty and repeated ones go', () => {
  const read = readPolicyForm(form({ trustedDomains: ' Default \r\n\n Default\nOther\n' }))
  expect(read.policy?.trustedDomains).toEqual(['Default', 'Other'])
})

test.each([
  ['pendingDays', '0'],
  ['pendingDays', ''],
  ['pendingDays', '1.5'],
  ['imageDays', '36501'],
  ['limitPercent', '101'],
  ['keepDays', '-1'],
  ['callsPerSecond', '1e3'],
  ['callsPerSecond', 'many'],
] as const)('%s may not be “%s”', (field, text) => {
  const { faults } = readPolicyForm(form({ [field]: text }))
  expect(Object.keys(faults ?? {})).toEqual([field])
  expect(faults?.[field]?.values).toMatchObject({
    min: policyNumbers[field].min,
    max: policyNumbers[field].max,
  })
})

test('the wrong line of a list is named', () => {
  const long = 'x'.repeat(256)
  expect(readPolicyForm(form({ trustedProjects: `a\n\n${long}` })).faults).toEqual({
    trustedProjects: { key: 'lineTooLong', values: { line: 3, max: 255 } },
  })
  expect(readPolicyForm(form({ trustedDomains: 'a\nb\u0007c' })).faults).toEqual({
    trustedDomains: { key: 'lineOdd', values: { line: 2 } },
  })
  const many = Array.from({ length: 1_001 }, (_, at) => `p${at}`).join('\n')
  expect(readPolicyForm(form({ trustedProjects: many })).faults?.trustedProjects?.key).toBe('tooMany')
})

test('the bounds are those of the server', () => {
  const takes = (changes: object) => AuditPolicyInput.safeParse({ ...defaultPolicy, ...changes }).success
  for (const [field, { min, max, isOptional }] of Object.entries(policyNumbers)) {
    expect(takes({ [field]: min }), `${field} ${min}`).toBe(true)
    expect(takes({ [field]: max }), `${field} ${max}`).toBe(true)
    expect(takes({ [field]: min - 1 }), `${field} ${min - 1}`).toBe(false)
    expect(takes({ [field]: max + 1 }), `${field} ${max + 1}`).toBe(false)
    expect(takes({ [field]: null }), `${field} null`).toBe(isOptional)
  }
  const { lines, length } = trustListBounds
  expect(takes({ trustedDomains: ['x'.repeat(length)] })).toBe(true)
  expect(takes({ trustedDomains: ['x'.repeat(length + 1)] })).toBe(false)
  expect(takes({ trustedDomains: Array.from({ length: lines }, String) })).toBe(true)
  expect(takes({ trustedDomains: Array.from({ length: lines + 1 }, String) })).toBe(false)
})

describe('suggestions', () => {
  const project = (id: string, name: string | null, domain: [string, string | null]): AuditProject => ({
    id,
    name,
    domainId: domain[0],
    domainName: domain[1],
    standing: 'enabled',
  })

  test('a name stands for one, an id where the name is taken twice or can’t stand on a line', () => {
    const known = [
      project('p1', 'retail', ['d1', 'Default']),
      project('p2', 'retail', ['d2', 'Partner']),
      project('p3', 'line\nbreak', ['d2', 'Partner']),
      project('p4', 'alone', ['d3', null]),
      project('p5', null, ['d1', 'Default']),
    ]
    expect(domainSuggestions(known)).toEqual([
      { value: 'd3', name: 'd3' },
      { value: 'Default', name: 'Default' },
      { value: 'Partner', name: 'Partner' },
    ])
    expect(projectSuggestions(known).map(({ value }) => value)).toEqual(['alone', 'p3', 'p1', 'p2'])
  })
})
