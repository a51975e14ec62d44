import { expect, test } from 'vitest'
import {
  type Capabilities,
  type CapabilitySource,
  type CapabilityValues,
  capabilityKeys,
} from '../contracts/clouds'
import { listCapabilities, pendingAccess } from './capability-list'

const capabilities = (values: Partial<CapabilityValues>): Capabilities => {
  const all: CapabilityValues = {
    sharing: 'native',
    image_list: 'glance',
    job_endpoint: 'project',
    visibility_model: 'shared',
    rescoping: 'yes',
    project_names: 'own',
    hashes: 'yes',
    answer_undo: 'yes',
    pending_access: 'usable',
    ...values,
  }
  const entries = capabilityKeys.map((key) => [key, { value: all[key], source: 'probed', at: null }])
  return Object.fromEntries(entries) as Capabilities
}

test('every capability has its row, in order, with the line that holds its value', () => {
  const rows = listCapabilities(capabilities({ visibility_model: 'private' }))
  expect(rows.map(({ key }) => key)).toEqual([...capabilityKeys])
  expect(rows.find(({ key }) => key === 'visibility_model')).toMatchObject({
    word: 'visibility_model.private',
    line: 'visibility_model: private',
    otherValues: ['shared', 'any'],
  })
})

test.each(['native', 'batch'] as const)('where sharing is %s, the cloud’s jobs matter or not', (sharing) => {
  const unused = listCapabilities(capabilities({ sharing })).filter(({ isUnused }) => isUnused)
  expect(unused.map(({ key }) => key)).toEqual(sharing === 'native' ? ['job_endpoint'] : [])
})

test.each<[CapabilityValues['pending_access'], CapabilitySource, string]>([
  ['usable', 'measured', 'usable'],
  ['usable', 'configured', 'usable'],
  ['usable', 'stated', 'stated'],
  ['usable', 'unknown', 'unknown'],
  ['not_usable', 'configured', 'not_usable'],
  ['not_usable', 'stated', 'not_usable'],
  ['not_usable', 'unknown', 'unknown'],
])('use before accepting that is %s and %s is said as %s', (value, source, said) => {
  expect(pendingAccess({ value, source, at: null })).toBe(said)
})

test('of a cloud that could not be read nothing is known', () => {
  expect(pendingAccess(null)).toBe('unknown')
})
