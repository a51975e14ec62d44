import { expect, test } from 'vitest'
import { sameScreen } from './same-screen'

const scope = { cloud: 'lab', region: 'north', project: 'other' }

test.each([
  ['/lab/north/mine/images', '/lab/north/other/images'],
  ['/lab/north/mine/images/5e8ad6dc', '/lab/north/other/images'],
  ['/lab/north/mine/share', '/lab/north/other/share'],
  ['/incoming', '/incoming?cloud=lab&region=north&project=other'],
  ['/jobs', null],
  ['/jobs/7c6e0b52', null],
  ['/activity', null],
  ['/audit', '/audit?cloud=lab&region=north&project=other'],
  ['/clouds', null],
  ['/', '/lab/north/other/images'],
])('%s leads to %s', (pathname, expected) => {
  expect(sameScreen(pathname, scope)).toBe(expected)
})

test('a job of the cloud is looked up in the other project by the same id', () => {
  expect(sameScreen('/jobs/cloud', scope, '?cloud=lab&region=north&project=mine&id=ff8080')).toBe(
    '/jobs/cloud?cloud=lab&region=north&project=other&id=ff8080',
  )
})
