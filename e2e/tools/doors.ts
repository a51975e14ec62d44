import type { Page } from 'playwright/test'
import type { MockCloud } from '../mock-cloud/control-client.ts'
import { say } from './words.ts'

// What the tests of the ways in look for and type.

export const code = '271828'
export const password = 'a password of the fake cloud'

export const submit = (page: Page) => page.getByRole('button', { name: say('signIn.submit') })
/** Next’s own announcer of pages is an alert too. */
export const refusal = (page: Page) =>
  page.getByRole('region', { name: say('signIn.title') }).getByRole('alert')
export const codeField = (page: Page) => page.getByRole('textbox', { name: say('common.passcode.label') })
export const optionalCode = (page: Page) =>
  page.getByRole('textbox', { name: say('common.passcode.optional') })
export const switcher = (page: Page) =>
  page.getByRole('button', { name: new RegExp(say('common.switcher.label')) })
export const renewal = (page: Page) => page.getByRole('dialog', { name: say('common.renew.title') })
export const imagesOf = (page: Page) => page.getByRole('table', { name: say('images.list') })
export const posts = async (cloud: MockCloud) =>
  (await cloud.ledger({ service: 'identity', method: 'POST', path: '/auth/tokens$' })).calls.length
