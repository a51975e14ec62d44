import { afterAll, beforeAll, expect, test } from 'vitest'
import { signIn } from '../openstack/sign-in.ts'
import { mintWorld } from '../openstack/world.ts'
import { ask } from './ask.ts'
import { adminToken, cloud, identity } from './cloud-under-test.ts'
import { expectIdentityError, expectOk, expectUnauthorized } from './expectations.ts'

// These end or change people, so they have people of their own.
function mint() {
  return mintWorld(cloud.connection, {
    projects: { works: {}, switched: {} },
    users: {
      disabled: { roles: { works: ['member'] } },
      renewed: { roles: { works: ['member'] } },
      moved: { roles: { works: ['member'], switched: ['member'] } },
    },
  })
}

let world: Awaited<ReturnType<typeof mint>>
let admin: string

beforeAll(async () => {
  world = await mint()
  admin = await adminToken()
})

afterAll(async () => {
  await world.remove()
})

const projects = (token: string) => ask(identity(token), 'GET', '/auth/projects')
const tokenOf = async (user: 'disabled' | 'renewed' | 'moved') => {
  const who = { ...world.credentials(user, 'works'), project: undefined }
  return (await signIn(cloud.connection.authUrl, who)).token
}
const changeUser = async (user: 'disabled' | 'renewed', fields: object) =>
  expectOk(await ask(identity(admin), 'PATCH', `/users/${world.users[user].id}`, { json: { user: fields } }))

test('a disabled user: the token is dead and stays so, signing in fails like a wrong password', async () => {
  const token = await tokenOf('disabled')
  await changeUser('disabled', { enabled: false })
  expectUnauthorized(await projects(token))
  await expect(tokenOf('disabled')).rejects.toMatchObject({ status: 401 })
  await changeUser('disabled', { enabled: true })
  expectUnauthorized(await projects(token))
})

test('a new password ends the tokens from before it', async () => {
  const token = await tokenOf('renewed')
  await changeUser('renewed', { password: 'another-Password-1' })
  expectUnauthorized(await projects(token))
  const auth = {
    identity: { methods: ['token'], token: { id: token } },
    scope: { project: { id: world.projects.works.id } },
  }
  const rescoped = await ask(identity(), 'POST', '/auth/tokens', { json: { auth } })
  expectIdentityError(rescoped, 404, 'Failed to validate token')
})

test('a disabled project is listed as such and cannot be entered', async () => {
  const { id } = world.projects.switched
  const token = await tokenOf('moved')
  expectOk(await ask(identity(admin), 'PATCH', `/projects/${id}`, { json: { project: { enabled: false } } }))
  const list = expectOk<{ projects: { id: string; enabled: boolean }[] }>(await projects(token))
  expect(list.projects).toContainEqual(expect.objectContaining({ id, enabled: false }))
  await expect(
    signIn(cloud.connection.authUrl, world.credentials('moved', 'switched')),
  ).rejects.toMatchObject({
    status: 401,
  })
})
