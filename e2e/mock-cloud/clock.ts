/** The cloud's own clock: real time plus an offset that tests move. Nothing in the fake reads another one. */
export class CloudClock {
  #offset = 0
  #last = 0
  #dateSecond = 0
  #dateText = ''

  /** Milliseconds since the epoch. */
  now(): number {
    return Date.now() + this.#offset
  }

  /** A time for a database row: like `now()`, but each call later than the one before (by a microsecond at least). */
  stamp(): number {
    this.#last = Math.max(this.#last + 0.001, this.now())
    return this.#last
  }

  /** Moves the clock by so many seconds; backwards is allowed. */
  advance(seconds: number): void {
    this.#offset += seconds * 1000
    this.#last = 0
  }

  /** The `Date` header of an answer sent now. */
  httpDate(): string {
    const second = Math.floor(this.now() / 1000)
    if (second !== this.#dateSecond) {
      this.#dateSecond = second
      this.#dateText = new Date(second * 1000).toUTCString()
    }
    return this.#dateText
  }
}

/** Glance's form of a time: whole seconds and `Z`. */
export function glanceTime(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`
}

/** Keystone's form of a time: six decimals, always zero for fernet tokens, and `Z`. */
export function keystoneTime(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}.000000Z`
}
