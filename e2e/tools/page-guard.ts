import type { BrowserContext, ConsoleMessage } from 'playwright/test'

const binding = 'tellViolation'

/** Chromium without a Bluetooth stack does not know the feature that the header takes away, and says so. */
const always = [/^console: Error with Permissions-Policy header: Unrecognized feature: 'bluetooth'/]

/** What Chromium notes of a server that goes down: which one depends on how far each request had come. */
export const lostServer =
  /net::ERR_(CONNECTION_(REFUSED|RESET|CLOSED)|INCOMPLETE_CHUNKED_ENCODING|SOCKET_NOT_CONNECTED|EMPTY_RESPONSE)/

/**
 * Notes everything that must not happen on any page: breaches of the content policy, errors in the console, uncaught
 * errors. What a test brings about on purpose is declared with its reason.
 */
export class PageGuard {
  readonly #findings: string[] = []
  readonly #expected: RegExp[] = [...always]

  /** Listens to every page of the context, from its first byte on. */
  async watch(context: BrowserContext): Promise<void> {
    context.on('console', (message) => this.#note(message))
    context.on('weberror', (error) => this.#findings.push(`uncaught: ${error.error().stack}`))
    await context.exposeBinding(binding, (_source, text: string) => this.#findings.push(text))
    await context.addInitScript((name) => {
      document.addEventListener('securitypolicyviolation', (event) => {
        const tell = (window as unknown as Record<string, (text: string) => void>)[name]
        tell?.(`policy: ${event.effectiveDirective} ${event.blockedURI} at ${document.URL} ${event.sample}`)
      })
    }, binding)
  }

  /** Findings that fit are no faults of this test. @param _reason why they happen, for the reader */
  expect(pattern: RegExp, _reason: string): void {
    this.#expected.push(pattern)
  }

  /** What happened and was not expected. */
  faults(): string[] {
    return this.#findings.filter((finding) => !this.#expected.some((pattern) => pattern.test(finding)))
  }

  #note(message: ConsoleMessage): void {
    if (message.type() !== 'error' && message.type() !== 'warning') return
    this.#findings.push(`console: ${message.text()} at ${message.location().url}`)
  }
}
