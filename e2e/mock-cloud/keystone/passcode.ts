import { createHmac } from 'node:crypto'
import type { User } from '../records.ts'

const WINDOW_MS = 30_000
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** The code an authenticator app shows for a base32 secret at a time (RFC 6238: SHA-1, six digits, 30 seconds). */
export function passcodeAt(secret: string, now: number): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(now / WINDOW_MS)))
  const mac = createHmac('sha1', fromBase32(secret)).update(counter).digest()
  const at = (mac[19] ?? 0) & 0xf
  return `${(mac.readUInt32BE(at) & 0x7fffffff) % 1_000_000}`.padStart(6, '0')
}

/** Whether the user has a second factor. */
export function hasSecondFactor(user: User): boolean {
  return user.totpSecret !== undefined || user.passcode !== undefined
}

/** Whether a passcode is right: that of this window or of the one before, as often as one likes; or the fixed one. */
export function isRightPasscode(user: User, sent: unknown, now: number): boolean {
  if (typeof sent !== 'string') return false
  if (user.passcode !== undefined && sent === user.passcode) return true
  const { totpSecret } = user
  return totpSecret !== undefined && [now, now - WINDOW_MS].some((at) => passcodeAt(totpSecret, at) === sent)
}

function fromBase32(text: string): Buffer {
  const bits = [...text.replace(/=+$/, '').toUpperCase()]
    .map((letter) => ALPHABET.indexOf(letter).toString(2).padStart(5, '0'))
    .join('')
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
}
