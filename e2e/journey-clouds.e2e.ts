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
      const { calls } = await controls.ledger({ service: 'image', path: kinds[kind].proof })
      expect(calls.filter(({ status }) => status === 200).length).toBeGreaterThan(0)
    } finally {
      await Promise.all(browser.contexts().map((context) => context.close()))
      await close()
    }
  })
}
