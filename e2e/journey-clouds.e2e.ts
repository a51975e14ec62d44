import { expect, openContext, signIn, test } from './fixtures.ts'
import * as journey from './journey.ts'
import { type KindName, kinds, mintFlavouredJourney, openFlavouredCloud } from './tools/journey-flavours.ts'

// The same way from the owner to the recipients on clouds that share otherwise: OTC by batch jobs, Huawei with tokens of
// 20 kB, the newer job endpoint and a sign-in for each project, ECL by native calls on private images.

for (const kind of Object.keys(kinds) as KindName[]) {
  test(`on ${kind} an owner shares, two recipients answer, the owner offers again and stops`, async ({
    browser,
    guard,
  }) => {
    test.setTimeout(240_000)
    const { dashboard, controls, close } = await openFlavouredCloud(kind)
    const world = await mintFlavouredJourney(controls, kind)
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
      const hold = await controls.hold(kinds[kind].adds)
      await journey.compose(owner, world)
      await journey.expectSettled(owner, 0)
      await hold.waitFor(1)
      await hold.remove()
      await journey.watchToTheEnd(owner, world)

      const [retail, lab] = await Promise.all([pageOf(rita), pageOf(ravi)])
      await journey.answerAndStop({ owner, retail, lab }, world)
      const { calls } = await controls.ledger({ service: 'image', path: kinds[kind].proof })
      expect(calls.filter(({ status }) => status === 200).length).toBeGreaterThan(0)
    } finally {
      await Promise.all(browser.contexts().map((context) => context.close()))
      await close()
    }
  })
}
