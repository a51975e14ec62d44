import { type AdminConnection, createImage } from './admin.ts'
import { mintWorld } from './world.ts'

/**
 * Makes the projects and users, all with the password `secret`, that a questionnaire about the cloud signs in as, and
 * 26 images of the first one: more than fit on a page.
 */
export async function mintFactsWorld(connection: AdminConnection): Promise<void> {
  const world = await mintWorld(connection, {
    fixed: { password: 'secret' },
    projects: { alpha: {}, beta: {}, gamma: {}, delta: { domain: 'Partner' } },
    users: {
      alice: { roles: { alpha: ['member'] } },
      bob: { roles: { beta: ['member'] } },
      carol: { roles: { alpha: ['member'], beta: ['member'], gamma: ['member'] } },
      rita: { roles: { alpha: ['reader'] } },
      dave: { domain: 'Partner', roles: { delta: ['member'] } },
    },
  })
  const images = await world.images('alice', 'alpha')
  for (let count = 0; count < 26; count += 1) await createImage(images, { name: `f-${count}` })
}
