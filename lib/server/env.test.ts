import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { readEnv } from './env'

const folder = mkdtempSync(join(tmpdir(), 'shareboard-env-'))
afterAll(() => rmSync(folder, { recursive: true }))

const read = (values: Record<string, string> = {}) => readEnv({ NODE_ENV: 'test', ...values })

describe('settings', () => {
  test('have their defaults when nothing is set', () => {
    expect(read()).toMatchObject({
      production: false,
      port: 3000,
      publicOrigin: 'http://localhost:3000',
      secure: false,
      allowedOrigins: [],
      dataDir: resolve('.data'),
      databaseUrl: null,
      secretText: null,
      osDefaultDomain: 'Default',
      readOnlyRoles: ['reader'],
      memberLimit: null,
      logLevel: 'info',
      faultPoints: '',
    })
  })

  test.each([
    ['PORT', '8080', { port: 8080, publicOrigin: 'http://localhost:8080' }],
    [
      'SHAREBOARD_PUBLIC_ORIGIN',
      'https://Share.Example.org:443/',
      { publicOrigin: 'https://share.example.org', secure: true },
    ],
    [
      'SHAREBOARD_ALLOWED_ORIGINS',
      'https://a.example.org, https://b.example.org:9292/',
      { allowedOrigins: ['https://a.example.org', 'https://b.example.org:9292'] },
    ],
    ['SHAREBOARD_READ_ONLY_ROLES', 'reader,auditor', { readOnlyRoles: ['reader', 'auditor'] }],
    ['SHAREBOARD_MEMBER_LIMIT', '64', { memberLimit: 64 }],
    ['SHAREBOARD_LOG_LEVEL', 'debug', { logLevel: 'debug' }],
    ['SHAREBOARD_DATA_DIR', 'elsewhere', { dataDir: resolve('elsewhere') }],
    ['DATABASE_URL', 'postgres://db/x', { databaseUrl: 'postgres://db/x' }],
    ['OS_USER_DOMAIN_NAME', 'Partner', { osDefaultDomain: 'Partner' }],
    ['NODE_ENV', 'production', { production: true }],
  ])('%s=%s', (name, value, wanted) => {
    expect(read({ [name]: value })).toMatchObject(wanted)
  })

  test.each([
    ['PORT', 'http'],
    ['PORT', '0'],
    ['PORT', '-1'],
    ['PORT', '80.5'],
    ['PORT', ' '],
    ['PORT', '65536'],
    ['SHAREBOARD_PUBLIC_ORIGIN', 'share.example.org'],
    ['SHAREBOARD_PUBLIC_ORIGIN', 'ftp://share.example.org'],
    ['SHAREBOARD_PUBLIC_ORIGIN', 'https://share.example.org/board'],
    ['SHAREBOARD_PUBLIC_ORIGIN', 'https://share.example.org/?x'],
    ['SHAREBOARD_PUBLIC_ORIGIN', 'https://share.example.org/#x'],
    ['SHAREBOARD_PUBLIC_ORIGIN', 'https://user@share.example.org'],
    ['SHAREBOARD_PUBLIC_ORIGIN', 'https://:secret@share.example.org'],
    ['SHAREBOARD_ALLOWED_ORIGINS', 'https://a.example.org https://b.example.org/v2'],
    ['SHAREBOARD_ALLOWED_ORIGINS', '*'],
    ['SHAREBOARD_MEMBER_LIMIT', 'many'],
    ['SHAREBOARD_MEMBER_LIMIT', '0'],
    ['SHAREBOARD_LOG_LEVEL', 'loud'],
    ['SHAREBOARD_SECRET_FILE', join(folder, 'none')],
  ])('%s="%s" is refused by name', (name, value) => {
    expect(() => read({ [name]: value })).toThrow(new RegExp(`^${name} `))
  })

  test('[R5] [U1] are frozen, lists included', () => {
    const env = read({ SHAREBOARD_ALLOWED_ORIGINS: 'https://a.example.org' })
    expect(Object.isFrozen(env)).toBe(true)
    for (const value of Object.values(env)) expect(Object.isFrozen(value)).toBe(true)
    expect(() => (env.allowedOrigins as string[]).push('https://evil.example')).toThrow(TypeError)
  })

  test('a secret file goes before the secret in the environment', () => {
    const file = join(folder, 'secret')
    writeFileSync(file, 'from the file')
    expect(read({ SHAREBOARD_SECRET_FILE: file, SHAREBOARD_SECRET: 'other' }).secretText).toBe(
      'from the file',
    )
    expect(read({ SHAREBOARD_SECRET: 'other' }).secretText).toBe('other')
  })

  test('clouds.yaml is looked for where the OpenStack clients look', () => {
    expect(read().cloudFiles).toEqual([
      resolve('clouds.yaml'),
      join(homedir(), '.config/openstack/clouds.yaml'),
      '/etc/openstack/clouds.yaml',
    ])
    expect(read({ XDG_CONFIG_HOME: '/xdg' }).cloudFiles[1]).toBe('/xdg/openstack/clouds.yaml')
    expect(read({ OS_CLIENT_CONFIG_FILE: '/mine.yaml' }).cloudFiles).toEqual(['/mine.yaml'])
  })
})
