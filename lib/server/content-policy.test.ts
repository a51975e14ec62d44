import { describe, expect, test } from 'vitest'
import { apiPolicy, pagePolicy } from './content-policy'

const directives = (policy: string) =>
  new Map(policy.split('; ').map((part) => [part.split(' ')[0], part.split(' ').slice(1)]))

describe('[H1] the policy of a page', () => {
  test('is exactly this one in production', () => {
    expect(pagePolicy('abc', { production: true, secure: true })).toBe(
      "default-src 'none'; script-src 'nonce-abc' 'strict-dynamic'; style-src 'self' 'nonce-abc'; style-src-attr 'none'; img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; frame-src 'none'; frame-ancestors 'none'; upgrade-insecure-requests",
    )
  })

  test('asks for the upgrade only where the page itself is https', () => {
    expect(
      directives(pagePolicy('n', { production: true, secure: false })).has('upgrade-insecure-requests'),
    ).toBe(false)
  })

  test('never lets inline styles or scripts of the production build in', () => {
    for (const secure of [true, false]) {
      expect(pagePolicy('n', { production: true, secure })).not.toMatch(/unsafe-/)
    }
  })

  test('differs in development by what the development server needs, and by nothing else', () => {
    const built = directives(pagePolicy('n', { production: true, secure: false }))
    const developed = directives(pagePolicy('n', { production: false, secure: false }))
    const different = [...built.keys()].filter((name) => `${built.get(name)}` !== `${developed.get(name)}`)
    expect(different).toEqual(['script-src', 'style-src'])
    expect(developed.get('script-src')).toEqual(["'nonce-n'", "'strict-dynamic'", "'unsafe-eval'"])
  })
})

test('the policy of data runs nothing and may be framed by nobody', () => {
  expect(apiPolicy).toBe(
    "default-src 'none'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; sandbox",
  )
})
