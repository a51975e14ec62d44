import { expect } from 'vitest'
import type { Answered } from './ask.ts'

const TITLES: Record<number, string> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  413: 'Request Entity Too Large',
  415: 'Unsupported Media Type',
}

/** The image service refuses, in its own shape, with this sentence (or one that fits). */
export function expectRefusal(answer: Answered, status: number, sentence: string | RegExp): void {
  expect(answer.status, answer.text).toBe(status)
  const body = answer.body as { message: string; code: string; title: string }
  expect(body).toMatchObject({ code: `${status} ${TITLES[status]}`, title: TITLES[status] })
  const plain = body.message.replace(/<br \/>|\n/g, ' ').trim()
  if (typeof sentence === 'string') expect(plain).toBe(sentence)
  else expect(plain).toMatch(sentence)
}

/** The identity service refuses, in its own shape. */
export function expectIdentityError(answer: Answered, status: number, message: string): void {
  expect(answer.status, answer.text).toBe(status)
  expect(answer.body).toEqual({ error: { code: status, message, title: TITLES[status] } })
}

/** Every failed sign-in and every dead token of one's own look like this. */
export function expectUnauthorized(answer: Answered): void {
  expectIdentityError(answer, 401, 'The request you have made requires authentication.')
  expect(answer.headers.get('WWW-Authenticate')).toMatch(/^Keystone uri="http.*\/v3"$/)
}

/** A good answer with this status; its body. */
export function expectOk<Body>(answer: Answered, status = 200): Body {
  expect(answer.status, answer.text).toBe(status)
  return answer.body as Body
}
