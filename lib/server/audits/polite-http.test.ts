import { expect, test } from 'vitest'
import { FakeClock } from '../testing/fake-clock'
import { politeHttp } from './polite-http'

function polite(callsPerSecond: number) {
  const clock = new FakeClock()
  let sent = 0
  const { http } = politeHttp(
    {
      async send() {
        sent += 1
        return { status: 200, headers: {}, json: null, upstreamRequestId: null }
      },
      close: async () => {},
    },
    clock,
    { callsPerSecond, signal: new AbortController().signal },
  )
  const ask = () => void http.send({ method: 'GET', url: 'http://cloud.test', retry: 'read' })
  return { clock, ask, sent: () => sent }
}

test('spreads calls evenly over the time', async () => {
  const { clock, ask, sent } = polite(2)
  for (let call = 0; call < 4; call += 1) ask()
  await clock.advance(0)
  expect([sent(), clock.sleeping()]).toEqual([1, [500, 1_000, 1_500]])
  await clock.advance(1_000)
  expect(sent()).toBe(3)
})

test('a clock that is set back holds nothing up', async () => {
  const { clock, ask, sent } = polite(2)
  ask()
  await clock.leap(-3_600_000)
  ask()
  await clock.advance(500)
  expect(sent()).toBe(2)
})
