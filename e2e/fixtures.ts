import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  test as base,
  expect,
  type Locator,
  type Page,
} from 'playwright/test'
import { signIn as signInByAction } from './tools/action-client.ts'
import { axeFindings } from './tools/axe.ts'
import { PageGuard } from './tools/page-guard.ts'
import { openStack, type Stack } from './tools/stack.ts'
import { say } from './tools/words.ts'
import { type Person, World } from './tools/world.ts'

export { expect }

type Credentials = Omit<Person, 'id'> & {
  /** On clouds that name people by account, and sign in to a project. */
  project?: string
}

interface Options extends BrowserContextOptions {
  /** Address to open at once. */
  at?: string
}

interface TestFixtures {
  /** True: a cloud and a dashboard for this test alone, where the member limit is not known yet. */
  isApart: boolean
  stack: Stack
  guard: PageGuard
  world: World
  /** A page in a browser of its own, in which this person is signed in. */
  pageAs: (person: Person, options?: Options) => Promise<Page>
}

interface WorkerFixtures {
  sharedStack: () => Promise<Stack>
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  isApart: [false, { option: true }],

  sharedStack: [
    // biome-ignore lint/correctness/noEmptyPattern: the runner reads the names of what a fixture needs from this pattern.
    async ({}, use) => {
      let opened: Promise<Stack> | undefined
      await use(() => {
        opened ??= openStack()
        return opened
      })
      await (await opened)?.close()
    },
    { scope: 'worker' },
  ],

  stack: async ({ isApart, sharedStack }, use) => {
    const stack = await (isApart ? openStack() : sharedStack())
    await use(stack)
    await (isApart ? stack.close() : stack.calmDown())
  },

  // biome-ignore lint/correctness/noEmptyPattern: as above.
  guard: async ({}, use) => {
    const guard = new PageGuard()
    await use(guard)
    expect(guard.faults(), 'breaches of the content policy, errors in the console').toEqual([])
  },

  context: async ({ browser, stack, guard }, use) => {
    const context = await openContext(browser, guard, stack.dashboard.origin)
    await use(context)
    await context.close()
  },

  world: async ({ stack }, use) => use(new World(stack.cloud)),

  pageAs: async ({ browser, stack, guard }, use) => {
    const opened: Page[] = []
    await use(async (person, { at, ...options } = {}) => {
      const context = await openContext(browser, guard, stack.dashboard.origin, options)
      const [name = '', value = ''] = (await signInByAction(stack.dashboard, person)).split(/=(.*)/s)
      await context.addCookies([
        { name, value, url: stack.dashboard.origin, httpOnly: true, sameSite: 'Lax' },
      ])
      const page = await context.newPage()
      opened.push(page)
      if (at !== undefined) await visit(page, at)
      return page
    })
    await Promise.all(opened.map((page) => page.context().close()))
  },
})

/** A browser of its own, watched. */
export async function openContext(
  browser: Browser,
  guard: PageGuard,
  baseURL: string,
  options: BrowserContextOptions = {},
): Promise<BrowserContext> {
  const context = await browser.newContext({ baseURL, ...options })
  await guard.watch(context)
  return context
}

/** Signs in by the form, as a person does, and waits for the screen behind it. */
export async function signIn(page: Page, person: Credentials): Promise<void> {
  if (!page.url().includes('/sign-in')) await page.goto('/sign-in')
  await whenAlive(page, () => fillSignIn(page, person))
}

/** Opens a screen of somebody signed in. */
export function visit(page: Page, address: string): Promise<void> {
  return whenAlive(page, () => page.goto(address))
}

/**
 * Waits until a page that is loaded whole listens to keys and clicks: server HTML is there before that. The first thing
 * our code does then is to read the counts of the navigation.
 */
export async function whenAlive(page: Page, load: () => Promise<unknown>): Promise<void> {
  const alive = page.waitForRequest((request) =>
    /^\/api\/(jobs|incoming)$/.test(new URL(request.url()).pathname),
  )
  await Promise.all([alive, load()])
}

/** Fills the form and sends it. */
export async function fillSignIn(
  page: Page,
  { user, password, domain, project }: Credentials,
): Promise<void> {
  const domainLabel = say(project === undefined ? 'signIn.domain' : 'signIn.account')
  if (domain !== undefined) await page.getByLabel(domainLabel, { exact: true }).fill(domain)
  if (project !== undefined) await page.getByLabel(say('signIn.project'), { exact: true }).fill(project)
  await page.getByLabel(say('signIn.user'), { exact: true }).fill(user)
  await page.getByLabel(say('signIn.password'), { exact: true }).fill(password)
  const submit = page.getByRole('button', { name: say('signIn.submit') })
  // Before our code listens the button sends nothing.
  await expect(submit).toHaveAttribute('type', 'submit')
  await submit.click()
}

/** Signs the same person in again, in the dialog that asks for it. */
export async function signInAgain(page: Page, { password }: Pick<Credentials, 'password'>): Promise<void> {
  const dialog = page.getByRole('dialog', { name: say('common.renew.title') })
  await dialog.getByLabel(say('common.renew.password')).fill(password)
  await dialog.getByRole('button', { name: say('common.renew.submit') }).click()
  await expect(dialog).toHaveCount(0)
}

/** The note that comes after an act. */
export async function expectToast(page: Page, words: string | RegExp): Promise<void> {
  const notes = page.getByRole('region', { name: say('common.shell.notifications') })
  await expect(notes.getByText(words)).toBeVisible()
}

/** The row of a table that holds these words. */
export function rowOf(table: Locator, words: string | RegExp): Locator {
  return table.getByRole('row').filter({ hasText: words })
}

/** A table has exactly one row with the first words, and that row holds the others too. */
export async function expectRow(
  table: Locator,
  words: string | RegExp,
  ...others: (string | RegExp)[]
): Promise<void> {
  const row = rowOf(table, words)
  await expect(row).toHaveCount(1)
  for (const other of others) await expect(row).toContainText(other)
}

/** axe finds nothing on the page as it stands, in both themes. */
export async function runAxe(page: Page): Promise<void> {
  expect(await axeFindings(page)).toEqual([])
}
