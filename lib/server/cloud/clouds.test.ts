import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { readEnv } from '../env'
import { loadClouds } from './clouds'

const folder = mkdtempSync(join(tmpdir(), 'shareboard-clouds-'))
afterAll(() => rmSync(folder, { recursive: true }))

let count = 0
function fileWith(text: string): string {
  count += 1
  const file = join(folder, `clouds-${count}.yaml`)
  writeFileSync(file, text)
  return file
}
const load = (values: Record<string, string>) => loadClouds(readEnv({ NODE_ENV: 'test', ...values }))
const loadFile = (text: string, more: Record<string, string> = {}) =>
  load({ OS_CLIENT_CONFIG_FILE: fileWith(text), ...more })

const whole = `
defaults: &defaults
  cacert: ${fileWith('-----BEGIN CERTIFICATE-----')}
clouds:
  prod:
    <<: *defaults
    auth:
      auth_url: https://iam.example.org/v3/
      username: somebody
      password: hunter2-canary
      user_domain_name: Partner
    region_name: eu-de
    image_endpoint_override: https://glance.example.org:9292/v2
    shareboard: { label: Production, member_limit: 64 }
  lab.test_1@x-y:
    auth: { auth_url: http://127.0.0.1:5000, application_credential_secret: hunter2-canary }
    regions: [north, { name: south, values: {} }]
`

describe('clouds.yaml', () => {
  test('gives every cloud with what is needed of it', () => {
    const clouds = loadFile(whole, { OS_USER_DOMAIN_NAME: 'Home', SHAREBOARD_MEMBER_LIMIT: '128' })
    expect([...clouds.keys()]).toEqual(['prod', 'lab.test_1@x-y'])
    expect(clouds.get('prod')).toMatchObject({
      name: 'prod',
      label: 'Production',
      authUrl: 'https://iam.example.org/v3',
      regions: ['eu-de'],
      imageEndpointOverride: 'https://glance.example.org:9292/v2',
      defaultDomain: 'Partner',
      memberLimit: 64,
    })
    expect(clouds.get('prod')?.ca?.at(-1)).toBe('-----BEGIN CERTIFICATE-----')
    expect(clouds.get('prod')?.ca?.length).toBeGreaterThan(50)
    expect(clouds.get('lab.test_1@x-y')).toEqual({
      name: 'lab.test_1@x-y',
      label: 'lab.test_1@x-y',
      authUrl: 'http://127.0.0.1:5000/v3',
      regions: ['north', 'south'],
      imageEndpointOverride: null,
      defaultDomain: 'Home',
      memberLimit: 128,
      naming: 'keystone',
      capabilities: {},
      ca: null,
    })
  })

  test('never gives a secret', () => {
    expect(JSON.stringify([...loadFile(whole)])).not.toContain('hunter2')
  })

  test.each([
    ['https://iam.example.org', 'https://iam.example.org/v3'],
    ['https://iam.example.org/', 'https://iam.example.org/v3'],
    ['https://iam.example.org/v3', 'https://iam.example.org/v3'],
    ['https://iam.example.org/v2.0', 'https://iam.example.org/v3'],
    ['https://example.org:5000/identity/v3/', 'https://example.org:5000/identity/v3'],
  ])('auth_url %s becomes %s', (given, wanted) => {
    expect(loadFile(`clouds: { a: { auth: { auth_url: "${given}" } } }`).get('a')?.authUrl).toBe(wanted)
  })

  test('OS_CLOUD chooses one; the others may be of any kind', () => {
    const text = 'clouds:\n  a: { auth: { auth_url: https://a.example.org } }\n  b: { profile: other }\n'
    expect([...loadFile(text, { OS_CLOUD: 'a' }).keys()]).toEqual(['a'])
    expect(loadFile(text, { OS_CLOUD: 'none' }).size).toBe(0)
  })

  test.each([
    ['no clouds', 'a: 1', /clouds-\d+\.yaml has no "clouds" section/],
    ['nothing at all', '', /has no "clouds" section/],
    [
      'no auth_url',
      'clouds: { a: { auth: { password: hunter2 } } }',
      /cloud "a" can't be read at "auth.auth_url"/,
    ],
    ['no auth', 'clouds: { a: { profile: x } }', /cloud "a" can't be read at "auth"/],
    [
      'a number for an address',
      'clouds: { a: { auth: { auth_url: 5000 } } }',
      /can't be read at "auth.auth_url"/,
    ],
    [
      'no address',
      'clouds: { a: { auth: { auth_url: iam } } }',
      /auth_url of "a" must be an address .*, not "iam"/,
    ],
    [
      'another scheme',
      'clouds: { a: { auth: { auth_url: "ftp://x" } } }',
      /auth_url of "a" must be an address/,
    ],
    ['a query', 'clouds: { a: { auth: { auth_url: "http://x/?y" } } }', /auth_url of "a" must be an address/],
    [
      'a password in it',
      'clouds: { a: { auth: { auth_url: "http://u:hunter2@x" } } }',
      /not "http:\/\/\*\*\*@x"/,
    ],
    [
      'an override that is no address',
      'clouds: { a: { auth: { auth_url: "http://x" }, image_endpoint_override: glance } }',
      /image_endpoint_override of "a" must be an address/,
    ],
    [
      'a limit of nothing',
      'clouds: { a: { auth: { auth_url: "http://x" }, shareboard: { member_limit: 0 } } }',
      /can't be read at "shareboard.member_limit"/,
    ],
    [
      'certificates that are not there',
      'clouds: { a: { auth: { auth_url: "http://x" }, cacert: /none.pem } }',
      /cacert of "a" names "\/none.pem", which can't be read/,
    ],
    [
      'a name that no address can hold',
      'clouds: { "my cloud": { auth: { auth_url: "http://x" } } }',
      /the cloud's name "my cloud" must be of letters/,
    ],
    [
      'broken YAML',
      'clouds:\n  a:\n password: hunter2\n  - x: "',
      /clouds-\d+\.yaml is not valid YAML at line \d+$/,
    ],
    ['the same key twice', 'clouds: { a: 1 }\nclouds: { b: hunter2 }', /is not valid YAML at line \d+$/],
  ])('with %s is refused in a sentence that quotes no secret', (_what, text, sentence) => {
    expect(() => loadFile(text)).toThrow(sentence)
    expect(() => loadFile(text)).toThrow(/^(?!.*hunter2)[^\n]*$/)
  })

  test('is not read when OS_AUTH_URL is set', () => {
    const clouds = loadFile(whole, { OS_AUTH_URL: 'http://127.0.0.1:5000/v3', OS_REGION_NAME: 'north' })
    expect([...clouds.values()]).toEqual([
      {
        name: 'openstack',
        label: 'openstack',
        authUrl: 'http://127.0.0.1:5000/v3',
        regions: ['north'],
        imageEndpointOverride: null,
        defaultDomain: 'Default',
        memberLimit: null,
        naming: 'keystone',
        capabilities: {},
        ca: null,
      },
    ])
  })

  test('that is nowhere leaves no cloud to sign in to', () => {
    expect(load({ OS_CLIENT_CONFIG_FILE: join(folder, 'none.yaml') }).size).toBe(0)
  })
})

describe('OS_AUTH_URL and its neighbours', () => {
  test.each([
    [{ OS_AUTH_URL: 'iam' }, /^OS_AUTH_URL must be an address/],
    [{ OS_AUTH_URL: 'http://x', OS_CACERT: '/none.pem' }, /^OS_CACERT names "\/none.pem"/],
    [{ OS_AUTH_URL: 'http://x', OS_CLOUD: 'a/b' }, /^OS_CLOUD "a\/b" must be/],
  ])('%o is refused by name', (values, sentence) => {
    expect(() => load(values)).toThrow(sentence)
  })
})
