import { ClientError, type Failure, type Result } from '../contracts/errors'
import { sessionLost } from './session-lost'

/** Next rejects the call itself when the build behind this page is gone. */
const stalePage: Failure = { code: 'stale_page', requestId: '-', retryable: false }
const offline: Failure = { code: 'upstream_unavailable', requestId: '-', retryable: true }

/** Runs a server action and unwraps its result. Throws `ClientError` and nothing else. */
export async function callAction<Input, Output>(
  action: (input: Input) => Promise<Result<Output>>,
  input: Input,
): Promise<Output> {
  let result: Result<Output>
  try {
    result = await action(input)
  } catch (cause) {
    const text = cause instanceof Error ? `${cause.name} ${cause.message}` : ''
    throw new ClientError(/server action/i.test(text) ? stalePage : offline)
  }
  if (result.ok) return result.value
  if (result.failure.code === 'unauthenticated') sessionLost.report()
  throw new ClientError(result.failure)
}
