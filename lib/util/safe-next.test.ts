import { describe, expect, test } from 'vitest'
import { safeNext } from './safe-next'

const origin = 'https://share.example.org'
const scoped = '/prod/eu-de/0123456789abcdef0123456789abcdef'
const image = '5b7e6f3a-1c2d-4e5f-8a9b-0c1d2e3f4a5b'

const ours = [
  '/incoming',
  `/incoming/${image}`,
  '/incoming?cloud=prod&region=eu-de&project=0123456789abcdef0123456789abcdef',
  '/jobs',
  `/jobs/${image}`,
  '/audit?cloud=demo&region=north&project=p1&finding=rejected',
  '/activity?verb=audit.read',
  `${scoped}/images`,
  `${scoped}/images?sort=name&q=a%20b#top`,
  `${scoped}/images/${image}`,
  `${scoped}/share`,
  `${scoped}/share?images=${image},${image}`,
  '/lab.test_1@x/north/p-1/images',
  '/lab%40x/north%40y/p-1/share',
]

describe('[R4] where to go after sign-in', () => {
  test.each(ours.map((next) => [next]))('%s is one of our pages', (next) => {
    expect(safeNext(next, origin)).toBe(next)
  })

  // Every way to write "somewhere else", in front of every way to name it, behind every page.
  const hosts = [
    'evil.example',
    'evil.example:443',
    'user@evil.example',
    '[::1]',
    '127.1',
    'evil。example',
    '0x7f000001',
  ]
  const openings = [
    ...[
      '//',
      '///',
      '/\\',
      '\\\\',
      '\\/',
      '/\t/',
      '/\n/',
      '/\r\n/',
      '/ /',
      '/%09/',
      '/.//',
      '/..//',
      '/;//',
      '/@',
    ],
    ...[
      'http://',
      'HTTPS://',
      'https:',
      'https:/',
      'hTtPs:\\\\',
      '\u0000//',
      ' //',
      '\t//',
      '\ufeff//',
      '／／',
      '/／',
      '/\u2044',
    ],
    ...['%2f%2f', '/%2f', '/%252f', '/%5c', '/%255c', '%09//', 'javascript://', 'data:text/html,//'],
  ]
  const elsewhere = openings.flatMap((opening) => hosts.map((host) => `${opening}${host}/incoming`))

  const bent = ours.flatMap((page) => [
    page.slice(1),
    `/${page}`,
    `\\${page}`,
    ` ${page}`,
    `${page}\r\nset-cookie: a=b`,
    `${page}\u0000`,
    `${page}\t`,
    `/.${page}`,
    `/..${page}`,
    `/x/..${page}`,
    `/x/%2e%2e${page}`,
    `/%2E${page}`,
    page.replace('/', '/%2f'),
    `${origin}${page}`,
    `https://user@share.example.org${page}`,
    `javascript:${page}`,
    `JaVaScRiPt:alert(1)${page}`,
  ])

  const notPages = [
    ...[
      '',
      '?',
      '#',
      '/?next=/jobs',
      '/unknown',
      '/sign-in',
      '/sign-in?next=/jobs',
      '/sign-out',
      '/api',
      '/api/session',
    ],
    ...[
      '/api/jobs/1',
      '/api/events',
      '/api/a/b/images',
      '/api/a/b/share',
      '/_next/a/b/images',
      '/_next/image?url=x',
    ],
    ...[
      '/jobs/',
      '/jobs/a/b',
      '/incoming/../api/session',
      '/healthz',
      '/JOBS',
      '/jobs.rsc',
      '/jobs;x',
      '/é/b/c/images',
    ],
    `/jobs?${'x'.repeat(2_048)}`,
  ]

  const all = [...new Set([...elsewhere, ...bent, ...notPages])]

  test('the list of payloads is a long one', () => {
    expect(all.length).toBeGreaterThan(400)
  })

  test('nothing that is not plainly ours is followed', () => {
    const followed = all.filter((next) => safeNext(next, origin) !== '/')
    expect(followed).toEqual([])
  })

  test('what is answered always stays on the origin', () => {
    for (const next of [...ours, ...all]) {
      expect(new URL(safeNext(next, origin), origin).origin).toBe(origin)
    }
  })

  test('without an address one goes to the start', () => {
    expect(safeNext(undefined, origin)).toBe('/')
  })
})
