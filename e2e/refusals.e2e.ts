import type { Page } from 'playwright/test'
import { paths } from '../lib/paths.ts'
import { expect, fillSignIn, test } from './fixtures.ts'
import { newId } from './mock-cloud/ids.ts'
import { brokenAnswers } from './tools/broken-answers.ts'
import { answerAs, composing, memberAdd, openComposer } from './tools/composing.ts'
import { say } from './tools/words.ts'
import { scopeOf } from './tools/world.ts'

// What a person may do wrong, or the cloud may answer, on the form it happens in: the words of the catalogue are shown,
// and what was typed or chosen is still there.

test.describe('sign-in', () => {
  const wrong = say('errors.wrong_credentials')
  const mistakes: readonly {
    title: string
    typed: Partial<Record<'user' | 'domain' | 'password', string>>
  }[] = [
    { title: 'wrong password', typed: { password: 'not the password' } },
    { title: 'unknown user', typed: { user: 'nobody-of-this-name' } },
    { title: 'unknown domain', typed: { domain: 'Nowhere' } },
  ]
  const expectKept = async (page: Page, typed: { user: string; domain: string; password: string }) => {
    await expect(page.getByLabel(say('signIn.domain'), { exact: true })).toHaveValue(typed.domain)
    await expect(page.getByLabel(say('signIn.user'), { exact: true })).toHaveValue(typed.user)
    await expect(page.getByLabel(say('signIn.password'))).toHaveValue(typed.password)
    await expect(page).toHaveURL(/\/sign-in/)
  }

  for (const { title, typed } of mistakes) {
    test(`${title}: refused alike, the fields keep what was typed`, async ({ page, world }) => {
      const olga = await world.user('olga', [await world.project('publisher')])
      const all = { domain: 'Default', user: olga.user, password: olga.password, ...typed }
      await page.goto(paths.signIn())
      await fillSignIn(page, all)
      await expect(page.getByRole('alert').getByText(wrong)).toBeVisible()
      await expectKept(page, all)
    })
  }

  for (const { title, fault, words } of brokenAnswers) {
    test(`${title}: said in words, the fields keep what was typed`, async ({ page, stack, world }) => {
      const olga = await world.user('olga', [await world.project('publisher')])
      const all = { domain: 'Default', user: olga.user, password: olga.password }
      await page.goto(paths.signIn())
      await stack.cloud.fault({ service: 'identity', path: '^/v3/auth/tokens$', fault })
      await fillSignIn(page, all)
      await expect(page.getByRole('alert').getByText(words)).toBeVisible()
      await expectKept(page, all)
    })
  }
})

test.describe('recipients field', () => {
  const hex = newId()
  const entries: readonly { title: string; text: string; words: string }[] = [
    {
      title: 'too short',
      text: hex.slice(1),
      words: say('share.recipients.reasons.length', { length: '31' }),
    },
    { title: 'no hex digits', text: 'retail-prod', words: say('share.recipients.reasons.characters') },
    { title: 'upper case', text: hex.toUpperCase(), words: say('share.recipients.reasons.upper_case') },
  ]
  for (const { title, text, words } of entries) {
    test(`malformed id, ${title}: the reason is shown, the text stays in the field`, async ({
      pageAs,
      world,
    }) => {
      const { page, field } = await openComposer(pageAs, world)
      await field.fill(text)
      await field.press('Enter')
      await expect(page.getByText(words)).toBeVisible()
      await expect(field).toHaveValue(text)
      await expect(
        page.getByRole('button', { name: say('share.start', { count: 0 }) }),
      ).toHaveAccessibleDescription(say('share.cannotStart.unresolved'))
    })
  }

  test('[row 14] own project: the reason is shown, the text stays in the field', async ({
    pageAs,
    world,
  }) => {
    const { page, field, owner } = await openComposer(pageAs, world)
    await field.fill(owner.id)
    await field.press('Enter')
    await expect(page.getByText(say('share.recipients.reasons.own_project'))).toBeVisible()
    await expect(field).toHaveValue(owner.id)
  })

  test('[row 12] an id given twice is taken once; one nobody knows is taken, because nobody can tell', async ({
    pageAs,
    world,
  }) => {
    const { page, field } = await openComposer(pageAs, world)
    await field.fill(`${hex} ${hex}`)
    await field.press('Enter')
    const status = `${say('share.recipients.added', { count: 1 })} ${say('share.recipients.duplicates', { count: 1 })}`
    await expect(page.getByText(status)).toBeVisible()
    await expect(page.getByText(say('share.recipients.unverified'))).toBeVisible()
    await expect(field).toHaveValue('')
  })
})

test.describe('starting a share', () => {
  for (const { title, fault, words } of brokenAnswers) {
    test(`${title}: refused before anything is sent, the choice stays`, async ({ pageAs, stack, world }) => {
      const composer = await composing(pageAs, world)
      await stack.cloud.fault({ service: 'image', method: 'GET', path: '^/v2/images$', fault })
      await composer.start()
      await expect(composer.page.getByRole('alert').getByText(words)).toBeVisible()
      await composer.expectKept()
      expect((await stack.cloud.ledger({ ...memberAdd, projectId: composer.owner.id })).calls).toEqual([])
    })
  }

  test('image that became private: refused before anything is sent, the choice stays', async ({
    pageAs,
    stack,
    world,
  }) => {
    const composer = await composing(pageAs, world)
    await stack.cloud.changeImage(composer.image, { visibility: 'private' })
    await composer.start()
    await expect(composer.page.getByRole('alert').getByText(say('errors.not_shareable'))).toBeVisible()
    await composer.expectKept()
  })

  test('image that went to another project: refused before anything is sent, the choice stays', async ({
    pageAs,
    stack,
    world,
  }) => {
    const composer = await composing(pageAs, world)
    const { id } = await world.project('other')
    await stack.cloud.changeImage(composer.image, { owner: id })
    await composer.start()
    await expect(composer.page.getByRole('alert').getByText(say('errors.image_not_found'))).toBeVisible()
    await composer.expectKept()
  })

  test('project without image service: refused before anything is sent, the choice stays', async ({
    pageAs,
    stack,
    world,
  }) => {
    const composer = await composing(pageAs, world)
    await stack.cloud.set({ catalogHasImage: false })
    await composer.start()
    const words = say('errors.no_image_service', { region: 'north' })
    await expect(composer.page.getByRole('alert').getByText(words)).toBeVisible()
    await composer.expectKept()
  })

  test('image of another project in the address: left out, and said so', async ({ pageAs, world }) => {
    const [owner, other] = await Promise.all([world.project('publisher'), world.project('other')])
    const olga = await world.user('olga', [owner])
    const foreign = await world.image(other, 'foreign')
    await world.share(foreign, [owner], 'accepted')
    const page = await pageAs(olga, { at: paths.share(scopeOf(owner), [foreign]) })
    await expect(page.getByText(say('share.images.missing', { count: 1 }))).toBeVisible()
    await expect(page.getByText('foreign', { exact: true })).toHaveCount(0)
  })
})

test.describe('a pair that the cloud refuses', () => {
  const legend = (page: Page) => page.getByRole('list', { name: say('job.legendLabel') })
  const failures = (page: Page) =>
    page.getByRole('region', { name: say('job.failures.heading', { pairs: 1, reasons: 1 }) })

  test('[row 7] duplicate (409): another was faster, so it counts as there already', async ({
    pageAs,
    stack,
    world,
  }) => {
    const composer = await composing(pageAs, world)
    await stack.cloud.setMember(composer.image, composer.recipient, 'pending')
    await composer.start()
    await expect(legend(composer.page)).toHaveText(say('job.legend.share.already', { count: 1 }))
    const { calls } = await stack.cloud.ledger({ ...memberAdd, member: composer.recipient })
    expect(calls.map(({ status }) => status)).toEqual([409])
  })

  test('foreign image (403): not allowed, with code and reference', async ({ pageAs, stack, world }) => {
    const composer = await composing(pageAs, world)
    await stack.cloud.fault({ ...memberAdd, member: composer.recipient, fault: answerAs(403) })
    await composer.start()
    await expect(failures(composer.page)).toContainText(say('errors.forbidden'))
    await expect(failures(composer.page)).toContainText('forbidden')
  })

  test('[row 8] private image (403): became private while the call was on its way', async ({
    pageAs,
    stack,
    world,
  }) => {
    const composer = await composing(pageAs, world)
    const hold = await stack.cloud.hold({ ...memberAdd, member: composer.recipient })
    await composer.start()
    await hold.waitFor(1)
    await stack.cloud.changeImage(composer.image, { visibility: 'private' })
    await hold.remove()
    await expect(failures(composer.page)).toContainText(say('errors.not_shareable'))
  })

  test('[row 16] image that is gone (404): deleted while the call was on its way', async ({
    pageAs,
    stack,
    world,
  }) => {
    const composer = await composing(pageAs, world)
    const hold = await stack.cloud.hold({ ...memberAdd, member: composer.recipient })
    await composer.start()
    await hold.waitFor(1)
    await stack.cloud.deleteImage(composer.image)
    await hold.remove()
    await expect(failures(composer.page)).toContainText(say('errors.image_not_found'))
  })
})

test.describe('member limit (413)', () => {
  // What is learnt of a cloud's limit stays known, so these have a dashboard of their own.
  test.use({ isApart: true })

  test('refused with the number; from then on the composer knows it', async ({ pageAs, stack, world }) => {
    await stack.cloud.set({ memberQuota: 2 })
    const composer = await composing(pageAs, world)
    await expect(composer.page.getByText(say('share.happens.limitUnknown'))).toBeVisible()
    await world.share(composer.image, [await world.project('first'), await world.project('second')])
    await composer.start()
    const failures = composer.page.getByRole('region', {
      name: say('job.failures.heading', { pairs: 1, reasons: 1 }),
    })
    await expect(failures).toContainText(say('errors.member_limit', { limit: 2 }))

    const { page, field } = await composer.again()
    await field.fill(composer.recipient)
    await field.press('Enter')
    await expect(page.getByText(say('share.impossible.reasons.member_limit', { limit: 2 }))).toBeVisible()
    await expect(page.getByText(say('share.happens.limitUnknown'))).toHaveCount(0)
  })

  test('a replay at the limit is answered with 413 too, and counts as there already', async ({
    pageAs,
    stack,
    world,
  }) => {
    await stack.cloud.set({ memberQuota: 1 })
    const composer = await composing(pageAs, world)
    await stack.cloud.setMember(composer.image, composer.recipient, 'pending')
    await composer.start()
    const legend = composer.page.getByRole('list', { name: say('job.legendLabel') })
    await expect(legend).toHaveText(say('job.legend.share.already', { count: 1 }))
    const { calls } = await stack.cloud.ledger({ ...memberAdd, member: composer.recipient })
    expect(calls.map(({ status }) => status)).toEqual([413])
  })
})
