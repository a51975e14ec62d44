import { afterEach, describe, expect, test, vi } from 'vitest'
import { readEnv } from '../env'
import { readFaultPoints } from './fault-points'

const kill = vi.spyOn(process, 'kill').mockReturnValue(true)
afterEach(() => kill.mockClear())

const read = (text: string, authUrls = ['http://127.0.0.1:5000/v3']) =>
  readFaultPoints(readEnv({ NODE_ENV: 'test', SHAREBOARD_FAULT_POINTS: text }), authUrls)

describe('fault points', () => {
  test('kill this process at the chosen passing and at no other', () => {
    const points = read('after-call:3')
    for (let passing = 1; passing <= 2; passing += 1) points.pass('after-call')
    points.pass('before-intent')
    expect(kill).not.toHaveBeenCalled()
    points.pass('after-call')
    expect(kill).toHaveBeenCalledExactlyOnceWith(process.pid, 'SIGKILL')
  })

  test('can leave intents out', () => {
    expect(read('no-intents').intents).toBe(false)
    expect(read('after-call:3').intents).toBe(true)
  })

  test.each([
    ['nothing is set', '', ['http://127.0.0.1:5000/v3']],
    [
      'a cloud is elsewhere',
      'after-call:1,no-intents',
      ['http://127.0.0.1:5000/v3', 'https://iam.example.org/v3'],
    ],
    ['a name only begins like this machine', 'after-call:1,no-intents', ['http://127.0.0.1.example.org/v3']],
  ])('do nothing when %s', (_why, text, authUrls) => {
    const points = read(text, authUrls)
    points.pass('after-call')
    expect([points.intents, kill.mock.calls.length]).toEqual([true, 0])
  })

  test.each([['http://localhost:5000'], ['http://[::1]:5000'], ['https://127.0.0.1/v3']])(
    'work on %s',
    (url) => {
      expect(read('no-intents', [url]).intents).toBe(false)
    },
  )
})
