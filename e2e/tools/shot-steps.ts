import type { Page } from 'playwright'
import type { Scope } from '../../lib/contracts/scope.ts'
import { stableId, stableImageId } from '../mock-cloud/ids.ts'
import people from '../mock-cloud/seeds/demo-users.json' with { type: 'json' }
import { cloudName, signIn } from './action-client.ts'
import type { Stack } from './stack.ts'

/** A screen being photographed: `shot` takes it as it stands, in every width and theme. */
export interface Visit {
  stack: Stack
  page: Page
  shot: (state: string) => Promise<void>
}

export interface Screen {
  name: string
  /** Brings the screen into each of its states and takes it. */
  show: (visit: Visit) => Promise<void>
}

export const member = '^/v2/images/[^/]+/members$'
export const scope = (project: string): Scope => ({
  cloud: cloudName,
  region: 'north',
  project: stableId('project', project),
})
export const platform = scope('platform-images')
export const image = (name: string) => stableImageId('image', 'platform-images', name)
export const project = (name: string) => stableId('project', name)

/** Signs a person of the demo in; the cookie. */
export async function enter({ stack, page }: Visit, user: string): Promise<string> {
  const password = people.find(({ name }) => name === user)?.password ?? ''
  const cookie = await signIn(stack.dashboard, { user, password })
  const [name = '', value = ''] = cookie.split(/=(.*)/s)
  await page.context().addCookies([{ name, value, url: stack.dashboard.origin, httpOnly: true }])
  return cookie
}

export const rows = (page: Page, name: string) =>
  page.getByRole('table', { name }).getByRole('row').nth(3).waitFor()
export const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first()
