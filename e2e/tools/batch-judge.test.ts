import { describe, expect, test } from 'vitest'
import type { LedgerEntry } from '../mock-cloud/ledger.ts'
import { judgeBatches } from './batch-judge.ts'

const image = 'image'
const projects = ['one', 'two']

/** A ledger from short lines: `POST changed=one,two after=3`, `POST lost`, `POST job`, `GET 200`, `GET lost`. */
function ledger(...lines: string[]): LedgerEntry[] {
  return lines.map((line, index) => {
    const [method = '', ...words] = line.split(' ')
    const word = (name: string) => words.find((one) => one.startsWith(`${name}=`))?.slice(name.length + 1)
    const changed = word('changed')?.split(',') ?? []
    return {
      seq: index + 1,
      at: 0,
      service: 'image',
      region: 'north',
      method,
      path: method === 'POST' ? '/v1/cloudimages/members' : `/v2/images/${image}/members`,
      query: '',
      userId: null,
      projectId: null,
      requestId: '',
      ...(method === 'POST' ? { images: [image], projects } : {}),
      ...(method === 'POST' && !words.includes('lost') ? { jobId: 'job' } : {}),
      status: words.includes('lost') ? null : 200,
      changed: changed.length > 0,
      changedPairs: changed.map((project): [string, string] => [image, project]),
      changedAfter: changed.length > 0 ? Number(word('after') ?? index + 1) : null,
      heldOrFaulted: [],
    }
  })
}

const judge = (kills: number[], missing: number, ...lines: string[]) =>
  judgeBatches({ calls: ledger(...lines), images: [image], projects, kills, missing })

describe('the judge of batches', () => {
  test('has nothing against a run without a kill', () => {
    expect(judge([], 0, 'GET 200', 'POST changed=one,two', 'GET 200')).toEqual([])
  })

  test('has nothing against a start that never arrived, was looked up after the kill and is sent again', () => {
    expect(judge([2], 0, 'GET 200', 'POST lost', 'GET 200', 'POST changed=one,two', 'GET 200')).toEqual([])
  })

  test('has nothing against pairs that the cloud was told to leave out', () => {
    expect(judge([], 1, 'POST changed=one', 'GET 200')).toEqual([])
  })

  test('finds a pair that never changed, one that changed twice, and one that nobody asked for', () => {
    const lines = ['POST changed=one', 'GET 200', 'POST changed=one,three', 'GET 200']
    expect(judge([], 0, ...lines)).toEqual([
      'image × one was changed 2 times',
      '1 pairs were not changed instead of 0, image × two among them',
      'image × three was not asked for',
    ])
  })

  test('finds an image in two jobs at once, also where the first one never did anything', () => {
    const fault = ['image was in two jobs at once']
    expect(judge([1], 0, 'POST changed=one after=4', 'GET 200', 'POST changed=two', 'GET 200')).toEqual(fault)
    expect(judge([1], 0, 'POST', 'GET 200', 'POST changed=one,two', 'GET 200')).toEqual(fault)
  })

  test('finds what is sent again before it was looked up since the kill', () => {
    const fault = ['image was sent again without a look at its members']
    expect(judge([2], 0, 'POST lost', 'GET 200', 'POST changed=one,two', 'GET 200')).toEqual(fault)
    expect(judge([1], 0, 'POST lost', 'GET lost', 'POST changed=one,two', 'GET 200')).toEqual(fault)
  })

  test('finds members that nobody read in the end', () => {
    expect(judge([2], 0, 'GET 200', 'POST changed=one,two')).toEqual([
      'the members of image were never read in the end',
    ])
  })
})
