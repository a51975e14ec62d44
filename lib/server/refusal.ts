import 'server-only'
import type { ErrorCode, FieldErrors } from '../contracts/errors'

const brand = Symbol.for('shareboard.refusal')

/** A "no" of our own, before or instead of a call to the cloud. */
export class Refusal extends Error {
  // As with CloudError: a build holds this module several times.
  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === 'object' && value !== null && brand in value
  }

  readonly [brand] = true
  readonly code: ErrorCode
  readonly values: Record<string, string | number>
  readonly fields: FieldErrors | undefined

  constructor(
    code: ErrorCode,
    facts: { values?: Record<string, string | number>; fields?: FieldErrors } = {},
  ) {
    super(`refused: ${code}`)
    this.name = 'Refusal'
    this.code = code
    this.values = facts.values ?? {}
    this.fields = facts.fields
  }
}
