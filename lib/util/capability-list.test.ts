import { expect, test } from 'vitest'
import {
  type Capabilities,
  type CapabilitySource,
  type CapabilityValues,
  capabilityKeys,
} from '../contracts/clouds'
import { isAsked, listCapabilities, listKnown, pendingAccess } from './capability-list'

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

test('a region that nobody has entered is not shown by guesses', () => {
  const all = capabilities({})
  const guessed = Object.fromEntries(
    Object.entries(all).map(([key, { value }]) => [key, { value, source: 'unknown', at: null }]),
  ) as Capabilities
  const partly: Capabilities = { ...guessed, hashes: { ...all.hashes, source: 'configured' } }
  const outside = { imageHost: '', capabilities: partly }
  expect([isAsked(outside), listKnown(outside).map(({ key }) => key)]).toEqual([false, ['hashes']])

  // Entered, but without a clear answer: then the guesses are what is acted on, and what may be overridden.
  const unclear = { imageHost: 'images.example', capabilities: partly }
  expect([isAsked(unclear), listKnown(unclear)]).toEqual([true, listCapabilities(partly)])
  // Asked through another session, which this one has no project of.
  const told = { imageHost: '', capabilities: { ...guessed, sharing: all.sharing } }
  expect([isAsked(told), listKnown(told)]).toEqual([true, listCapabilities(told.capabilities)])
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
