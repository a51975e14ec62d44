import { paths } from '../lib/paths.ts'
import { expect, test } from './fixtures.ts'
import { signIn } from './tools/action-client.ts'
import { ask } from './tools/raw-http.ts'
import { scopeOf } from './tools/world.ts'

/** Bytes as they travel, compressed; the framework alone is about 132 000 of them. */
const most = 190_000

test('the images screen loads no more JavaScript than it may', async ({ stack, world }) => {
  const owner = await world.project('publisher')
  const cookie = await signIn(stack.dashboard, await world.user('olga', [owner]))
  const { status, text } = await ask(stack.dashboard, paths.images(scopeOf(owner)), { headers: { cookie } })
  expect(status).toBe(200)
  const scripts = [...text.matchAll(/<script\b[^>]*>/g)]
    .map(([tag]) => tag)
    // Browsers of today leave these out.
    .filter((tag) => !/\bnomodule\b/i.test(tag))
    .flatMap((tag) => /\bsrc="(?<src>[^"]+)"/.exec(tag)?.groups?.src ?? [])
  expect(scripts.length).toBeGreaterThan(1)
  const sizes = await Promise.all(
    [...new Set(scripts)].map(async (src) => {
      const answer = await ask(stack.dashboard, src, { headers: { 'accept-encoding': 'gzip' } })
      // The server leaves the smallest files as they are.
      if (answer.body.length > 1_024) expect(answer.headers['content-encoding'], src).toBe('gzip')
      return answer.body.length
    }),
  )
  const sum = sizes.reduce((all, size) => all + size, 0)
  test.info().annotations.push({ type: 'bytes', description: `${sum} in ${sizes.length} files` })
  expect(sum).toBeLessThanOrEqual(most)
})
