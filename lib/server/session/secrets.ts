import 'server-only'
import { createCipheriv, createDecipheriv, createHash, hkdfSync } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Chance } from '../clock'
import type { Env } from '../env'

const minLength = 32
const version = 1
const idLength = 4
const ivLength = 12
const tagLength = 16

interface Key {
  id: Buffer
  atRest: Buffer
  /** For the cookie's seal: a number, because iron-session names passwords so. */
  cookieId: number
  cookie: string
}

/** The keys in force: the first one encrypts and seals, all of them open. */
export interface Secrets {
  seal(plain: string, rowId: string): string
  /** Throws when the text was changed, belongs to another row, or its key is gone. */
  open(sealed: string, rowId: string): string
  cookiePasswords: { sealWith: Record<number, string>; openWith: Record<number, string> }
}

function derive(secret: string): Key {
  const part = (info: string, length: number) => Buffer.from(hkdfSync('sha256', secret, '', info, length))
  const id = createHash('sha256').update(part('key id v1', 32)).digest().subarray(0, idLength)
  return {
    id,
    atRest: part('token at rest v1', 32),
    cookieId: id.readUInt32BE(0),
    cookie: part('cookie v1', 32).toString('hex'),
  }
}

/** Secrets are separated by white space, newest first, so that an old one can be kept for a while. */
function parse(text: string): string[] {
  const secrets = text.split(/\s+/).filter((part) => part.length > 0)
  const short = secrets.find((secret) => secret.length < minLength)
  if (secrets.length === 0 || short !== undefined) {
    throw new Error(`SHAREBOARD_SECRET must have at least ${minLength} characters without blanks`)
  }
  return secrets
}

/** Without a database server the secret lives beside the data, made on first start and readable by its owner only. */
function embedded(env: Env, chance: Chance): string {
  const file = join(env.dataDir, 'secret')
  if (existsSync(file)) return readFileSync(file, 'utf8')
  mkdirSync(env.dataDir, { recursive: true, mode: 0o700 })
  const secret = chance.bytes(32).toString('hex')
  writeFileSync(file, `${secret}\n`, { mode: 0o600 })
  return secret
}

/** Derives the keys. Throws a plain sentence when no usable secret is configured. */
export function loadSecrets(env: Env, chance: Chance): Secrets {
  if (env.secretText === null && env.databaseUrl !== null) {
    throw new Error(
      'With DATABASE_URL, SHAREBOARD_SECRET or SHAREBOARD_SECRET_FILE must be set, the same for all replicas',
    )
  }
  return secretsFrom(parse(env.secretText ?? embedded(env, chance)), chance)
}

/** Builds the keys from secrets, newest first. */
export function secretsFrom(secrets: readonly string[], chance: Chance): Secrets {
  const keys = secrets.map(derive)
  const newest = keys[0]
  if (!newest) throw new Error('at least one secret is needed')
  return {
    seal(plain, rowId) {
      const iv = chance.bytes(ivLength)
      const cipher = createCipheriv('aes-256-gcm', newest.atRest, iv)
      cipher.setAAD(Buffer.from(rowId))
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
      return Buffer.concat([Buffer.of(version), newest.id, iv, cipher.getAuthTag(), body]).toString('base64')
    },
    open(sealed, rowId) {
      const bytes = Buffer.from(sealed, 'base64')
      const id = bytes.subarray(1, 1 + idLength)
      const key = keys.find((candidate) => candidate.id.equals(id))
      if (bytes[0] !== version || !key) throw new Error('sealed under an unknown key')
      const ivAt = 1 + idLength
      const tagAt = ivAt + ivLength
      const decipher = createDecipheriv('aes-256-gcm', key.atRest, bytes.subarray(ivAt, tagAt), {
        authTagLength: tagLength,
      })
      decipher.setAAD(Buffer.from(rowId))
      decipher.setAuthTag(bytes.subarray(tagAt, tagAt + tagLength))
      return decipher.update(bytes.subarray(tagAt + tagLength), undefined, 'utf8') + decipher.final('utf8')
    },
    cookiePasswords: {
      sealWith: { [newest.cookieId]: newest.cookie },
      openWith: Object.fromEntries(keys.map((key) => [key.cookieId, key.cookie])),
    },
  }
}
