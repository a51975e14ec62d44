import { openContext, signIn, test } from './fixtures.ts'
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
    await journey.answerAndStop({ owner, retail, lab }, world)
  } finally {
    await Promise.all(browser.contexts().map((context) => context.close()))
    await world.remove()
    await close()
  }
})
