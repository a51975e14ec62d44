import { expect, openContext, signIn, test } from './fixtures.ts'
import * as journey from './journey.ts'
import { mintJourney, openJourneyCloud } from './tools/journey-cloud.ts'

const memberAdd = { method: 'POST', path: '^/v2/images/[^/]+/members$' }

test('an owner shares, two recipients answer side by side, the owner offers again and stops', async ({
  browser,
  guard,
}) => {
  test.setTimeout(180_000)
  const { connection, dashboard, controls, close } = await openJourneyCloud()
  const world = await mintJourney(connection)
  const { olga, rita, ravi } = world.people
  const pageOf = async (person: typeof olga) => {
    const context = await openContext(browser, guard, dashboard.origin)
    const page = await context.newPage()
    await signIn(page, person)
    return page
  }
  try {
    const owner = await pageOf(olga)
    await journey.chooseImages(owner, world)
    // A cloud that can be held shows the job half done; on a real one it may be over before the page is there.
    const hold = await controls?.hold(memberAdd)
    await journey.compose(owner, world)
    if (hold) {
      await journey.expectSettled(owner, 0)
      await hold.waitFor(8)
      await hold.release(3)
      await journey.expectSettled(owner, 3)
      await hold.remove()
    }
    await journey.watchToTheEnd(owner, world)

    const [retail, lab] = await Promise.all([pageOf(rita), pageOf(ravi)])
    await journey.answer(retail, world, 'accept')
    await journey.answer(lab, world, 'reject')
    await journey.seeAnswers(owner, world)
    await journey.offerAgain(owner, world)
    await journey.seeOfferAgain(lab, world)
    await journey.stopSharing(owner, world)
    await journey.seeNothingLeft(retail, world)

    const { base, web, full } = world.images
    const pending = (projects: readonly { id: string }[]) =>
      Object.fromEntries(projects.map(({ id }) => [id, 'pending']))
    const [, ...others] = world.recipients
    expect(await world.members(base.id)).toEqual(pending(others))
    expect(await world.members(web.id)).toEqual(pending(world.recipients))
    expect(Object.keys(await world.members(full.id))).toHaveLength(world.limit)
    expect(await world.members(full.id)).toMatchObject(pending(world.recipients.slice(0, 3)))
  } finally {
    await Promise.all(browser.contexts().map((context) => context.close()))
    await world.remove()
    await close()
  }
})
