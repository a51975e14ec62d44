import { expect, type Locator, type Page } from 'playwright/test'
import { paths } from '../../lib/paths.ts'
import type { FaultKind } from '../mock-cloud/faults.ts'
import { newId } from '../mock-cloud/ids.ts'
import { say } from './words.ts'
import { type Person, type Project, scopeOf, type World } from './world.ts'

/** The calls that share one pair. */
export const memberAdd = { service: 'image', method: 'POST', path: '^/v2/images/[^/]+/members$' } as const

/** A plain refusal in place of the cloud's own answer, before it does anything. */
export const answerAs = (status: number): FaultKind => ({
  kind: 'answer',
  status,
  body: '{"message": "refused"}',
})

type PageAs = (person: Person, options: { at: string }) => Promise<Page>

const imageName = 'ubuntu-base'

/** An owner with one image, in the composer with that image chosen and no recipient yet. */
export async function openComposer(pageAs: PageAs, world: World) {
  const owner = await world.project('publisher')
  const olga = await world.user('olga', [owner])
  const image = await world.image(owner, imageName)
  const address = paths.share(scopeOf(owner), [image])
  const page = await pageAs(olga, { at: address })
  return { page, field: fieldOf(page), owner, olga, image, address }
}

export interface Composing {
  page: Page
  owner: Project
  olga: Person
  image: string
  /** Id of the one project it is to be shared with. */
  recipient: string
  start(): Promise<void>
  /** The image and the recipient are still chosen. */
  expectKept(): Promise<void>
  /** The composer opened anew, with the image and without a recipient. */
  again(): Promise<{ page: Page; field: Locator }>
}

/** The same with one recipient, ready to start one share. */
export async function composing(pageAs: PageAs, world: World): Promise<Composing> {
  const { page, field, address, ...rest } = await openComposer(pageAs, world)
  const recipient = newId()
  await field.fill(recipient)
  await field.press('Enter')
  const start = page.getByRole('button', { name: say('share.start', { count: 1 }) })
  await expect(start).toBeVisible()
  return {
    page,
    ...rest,
    recipient,
    start: () => start.click(),
    async expectKept() {
      const images = page.getByRole('list', { name: say('share.images.list') })
      await expect(images.getByRole('listitem')).toHaveText([imageName])
      const recipients = page.getByRole('list', { name: say('share.recipients.list') })
      await expect(recipients.getByRole('listitem')).toHaveCount(1)
      await expect(recipients.getByTitle(recipient)).toBeVisible()
      await expect(start).toBeVisible()
    },
    async again() {
      await page.goto(address)
      return { page, field }
    },
  }
}

const fieldOf = (page: Page) => page.getByLabel(say('share.recipients.label'))
