import { createTranslator, IntlErrorCode } from 'use-intl/core'
import { expect, test } from 'vitest'
import { errorCodes } from '../contracts/errors'
import { type Messages, sentences } from './messages'

function* messagesOf(part: object, path: string): Generator<[path: string, text: string]> {
  for (const [key, value] of Object.entries(part)) {
    if (typeof value === 'string') yield [`${path}.${key}`, value]
    else yield* messagesOf(value, `${path}.${key}`)
  }
}

/** What the reader of messages says against one; that values are missing is not the message's fault. */
function faultOf(text: string): string | null {
  let fault: string | null = null
  const translate = createTranslator({
    locale: 'en',
    messages: { text },
    onError: (error) => {
      if (error.code === IntlErrorCode.INVALID_MESSAGE) fault = error.message
    },
  })
  translate('text')
  return fault
}

test.each(Object.keys(sentences) as (keyof Messages)[])('every message of %s can be read', (namespace) => {
  const faults = [...messagesOf(sentences[namespace], namespace)].flatMap(([path, text]) => {
    const fault = faultOf(text)
    return fault === null ? [] : `${path}: ${fault}`
  })
  expect(faults).toEqual([])
})

test('a message that cannot be read is found', () => {
  expect(faultOf('{count, plural, one {# image}}')).toContain('INVALID_MESSAGE')
  expect(faultOf('Reference: {id')).toContain('INVALID_MESSAGE')
})

test.each(errorCodes)('%s has a sentence for people', (code) => {
  expect(sentences.errors[code]).toMatch(/[.}]$/)
})

test('there is no sentence for a code that does not exist', () => {
  const others = ['fields', 'reference', 'referenceLabel', 'cloudReferenceLabel']
  const codes: readonly string[] = errorCodes
  const strangers = Object.keys(sentences.errors).filter(
    (key) => !others.includes(key) && !codes.includes(key),
  )
  expect(strangers).toEqual([])
})
