import { randomBytes } from 'node:crypto'

/** A credential that stands for a user in one project, or in none. */
export type ApplicationCredential = {
  id: string
  name: string
  secret: string
  userId: string
  projectId: string | null
  /** Null: without an end of its own. */
  expiresAt: number | null
  /** Whether it is limited to some calls: its tokens then show themselves only to who knows of such rules. */
  hasAccessRules: boolean
}

/** What has been proved by the first factor. */
export type Receipt = { text: string; userId: string; methods: string[]; issuedAt: number; expiresAt: number }

type Failures = { count: number; last: number }

const RECEIPT_LENGTH = 119
const RECEIPT_SECONDS = 300

/** What the identity service remembers between two sign-ins. */
export class SignInState {
  readonly credentials = new Map<string, ApplicationCredential>()
  readonly #receipts = new Map<string, Receipt>()
  readonly #failures = new Map<string, Failures>()

  clear(): void {
    this.credentials.clear()
    this.#receipts.clear()
    this.#failures.clear()
  }

  issueReceipt(userId: string, methods: string[], now: number): Receipt {
    const text = `gAAAAA${randomBytes(RECEIPT_LENGTH).toString('base64url')}`.slice(0, RECEIPT_LENGTH)
    const issuedAt = Math.floor(now / 1000) * 1000
    const receipt = { text, userId, methods, issuedAt, expiresAt: issuedAt + RECEIPT_SECONDS * 1000 }
    this.#receipts.set(text, receipt)
    return receipt
  }

  /** A receipt may be used again and again until its end. */
  receipt(text: string, now: number): Receipt | null {
    const found = this.#receipts.get(text)
    return found && found.expiresAt > now ? found : null
  }

  /** Notes a wrong password, or that the right one came, which sets the count back. */
  noteAttempt(userId: string, wasRight: boolean, now: number): void {
    if (wasRight) this.#failures.delete(userId)
    else this.#failures.set(userId, { count: (this.#failures.get(userId)?.count ?? 0) + 1, last: now })
  }

  /** Whether so many failures lock the user; the lock lasts from the last counted one. Afterwards the count starts anew. */
  isLocked(
    userId: string,
    { failures, seconds }: { failures: number; seconds: number },
    now: number,
  ): boolean {
    const known = this.#failures.get(userId)
    if (failures <= 0 || !known || known.count < failures) return false
    if (now < known.last + seconds * 1000) return true
    this.#failures.delete(userId)
    return false
  }
}
