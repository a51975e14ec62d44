import { describe, expect, test } from 'vitest'
import type { LedgerEntry } from '../mock-cloud/ledger.ts'
import { intentsAtMost, judgePairs } from './pair-judge.ts'

const image = 'image'
const projects = ['one', 'two']

/** A ledger from short lines: `POST one 201 changed`, `POST one lost changed`, `GET one 200`. */
function ledger(...lines: string[]): LedgerEntry[] {
  return lines.map((line, index) => {
    const [method = '', project = '', status = '', changed] = line.split(' ')
    const members = `/v2/images/${image}/members`
    return {
      seq: index + 1,
      at: 0,
      service: 'image',
      region: 'north',
      method,
      path: method === 'POST' ? members : `${members}/${project}`,
      query: '',
      userId: null,
      projectId: null,
      requestId: '',
      ...(method === 'POST' ? { member: project } : {}),
      status: status === 'lost' ? null : Number(status),
      changed: changed === 'changed',
      changedPairs: changed === 'changed' ? [[image, project]] : [],
      changedAfter: null,
      heldOrFaulted: [],
    }
  })
}

const judge = (kills: number[], ...lines: string[]) =>
  judgePairs({ calls: ledger(...lines), images: [image], projects, kills })

describe('the judge of pairs', () => {
  test('has nothing against a run without a kill', () => {
    expect(judge([], 'POST one 201 changed', 'POST two 201 changed')).toEqual([])
  })

  test('has nothing against a lost answer that is looked up after the kill', () => {
    expect(judge([1], 'POST one lost changed', 'GET one 200', 'POST two 201 changed')).toEqual([])
  })

  test('has nothing against a call that never arrived, was looked up and is sent again', () => {
    const lines = ['POST one lost', 'GET one 404', 'POST one 201 changed', 'POST two 201 changed']
    expect(judge([1], ...lines)).toEqual([])
  })

  test('finds a pair that never changed, and one that changed twice', () => {
    const lines = ['POST one 201 changed', 'GET one 200', 'POST one 201 changed']
    expect(judge([1], ...lines)).toEqual([
      'image × one was changed 2 times',
      'image × two was changed 0 times',
    ])
  })

  test('finds a pair that is sent again before it is looked up', () => {
    const lines = ['POST one lost changed', 'POST one 409', 'GET one 200', 'POST two 201 changed']
    expect(judge([1], ...lines)).toEqual(['image × one was sent again without a read after the kill'])
  })

  test('does not take a read before the kill, or one without an answer, for a look at it', () => {
    const sent = 'POST one 201 changed'
    const again = ['POST one 409', 'POST two 201 changed']
    const fault = ['image × one was sent again without a read after the kill']
    expect(judge([2], sent, 'GET one 200', ...again)).toEqual(fault)
    expect(judge([1], sent, 'GET one lost', ...again)).toEqual(fault)
  })

  test('finds a pair that is sent again although nobody was killed in between', () => {
    expect(judge([], 'POST one 201 changed', 'GET one 200', 'POST one 409', 'POST two 201 changed')).toEqual([
      'image × one was sent again without a read after the kill',
      '1 repeats; 0 kills allow 0',
    ])
  })

  test('finds a pair that was on its way at a kill and is never looked up', () => {
    expect(judge([1], 'POST one lost changed', 'POST two 201 changed')).toEqual([
      'image × one was on its way at a kill and never looked up',
    ])
  })

  test('finds more repeats than kills can explain', () => {
    const again = Array.from({ length: intentsAtMost + 1 }, () => ['GET one 200', 'POST one 409']).flat()
    const faults = judge([1], 'POST one 201 changed', ...again, 'POST two 201 changed')
    expect(faults.at(-1)).toBe(`${intentsAtMost + 1} repeats; 1 kills allow ${intentsAtMost}`)
  })
})
