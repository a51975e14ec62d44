import { describe, expect, test } from 'vitest'
import { expectOk } from '../expectations.ts'
import { addMember, type MemberBody, removeMember, setStatus } from '../images.ts'
import { DocumentedCloud } from './cloud.ts'

const cloud = new DocumentedCloud('otc')

const jobOf = (id: string) => `/v1/${cloud.project('alpha')}/jobs/${id}`

describe('OTC API reference, image sharing: members in batches', () => {
  test('adding shares every image with every project once the job is done', async () => {
    const images = [await cloud.image(), await cloud.image()]
    const projects = [cloud.project('beta'), cloud.project('gamma')]
    const alice = cloud.as('alice')
    const job = await cloud.batch(alice, 'POST', { images, projects })
    expect(job).toEqual(expect.any(String))
    expect(await cloud.members(images[0] ?? '')).toEqual({})
    await cloud.follow(alice, jobOf(job as string))
    const all = Object.fromEntries(projects.map((id) => [id, 'pending']))
    for (const image of images) expect(await cloud.members(image)).toEqual(all)
  })

  test('removing sends its body with DELETE', async () => {
    const image = await cloud.image()
    await cloud.share(image, 'beta', 'accepted')
    await cloud.share(image, 'gamma')
    const alice = cloud.as('alice')
    const job = await cloud.batch(alice, 'DELETE', { images: [image], projects: [cloud.project('beta')] })
    await cloud.follow(alice, jobOf(job as string))
    expect(await cloud.members(image)).toEqual({ [cloud.project('gamma')]: 'pending' })
  })

  test.each(['accepted', 'rejected'] as const)('the recipient answers %s', async (status) => {
    const image = await cloud.image()
    await cloud.share(image, 'beta')
    const bob = cloud.as('bob')
    const project_id = cloud.project('beta')
    const job = await cloud.batch(bob, 'PUT', { images: [image], project_id, status })
    await cloud.follow(bob, `/v1/${project_id}/jobs/${job}`)
    expect(await cloud.members(image)).toEqual({ [project_id]: status })
  })

  test('a full-server image is accepted with a vault', async () => {
    const image = await cloud.image({ ims: { fullServer: 'cbr' } })
    await cloud.share(image, 'beta')
    const bob = cloud.as('bob')
    const project_id = cloud.project('beta')
    const body = { images: [image], project_id, status: 'accepted' }
    const without = await cloud.follow(bob, `/v1/${project_id}/jobs/${await cloud.batch(bob, 'PUT', body)}`)
    expect(without).toMatchObject({ status: 'FAIL', error_code: 'IMG.0184' })
    const withVault = { ...body, vault_id: 'f2f2f2f2-0000-4000-8000-000000000001' }
    const job = await cloud.batch(bob, 'PUT', withVault)
    expect(await cloud.follow(bob, `/v1/${project_id}/jobs/${job}`)).toMatchObject({ status: 'SUCCESS' })
    expect(await cloud.members(image)).toEqual({ [project_id]: 'accepted' })
  })

  test('what is there already, or gone already, is no fault', async () => {
    const image = await cloud.image()
    await cloud.share(image, 'beta', 'accepted')
    const alice = cloud.as('alice')
    const add = await cloud.batch(alice, 'POST', { images: [image], projects: [cloud.project('beta')] })
    expect(await cloud.follow(alice, jobOf(add as string))).toMatchObject({ status: 'SUCCESS' })
    expect(await cloud.members(image)).toEqual({ [cloud.project('beta')]: 'accepted' })
    const remove = await cloud.batch(alice, 'DELETE', { images: [image], projects: [cloud.project('gamma')] })
    expect(await cloud.follow(alice, jobOf(remove as string))).toMatchObject({ status: 'SUCCESS' })
  })
})

describe('OTC API reference, image sharing: native members', () => {
  test('an image takes members without a change of its visibility', async () => {
    const image = await cloud.image({ visibility: 'private' })
    const alice = cloud.as('alice')
    expectOk(await addMember(alice, image, cloud.project('beta')))
    expect((await addMember(alice, image, cloud.project('beta'))).status).toBe(409)
    const bob = cloud.as('bob')
    const answered = await setStatus(bob, image, cloud.project('beta'), 'accepted')
    expect(expectOk<MemberBody>(answered).status).toBe('accepted')
    expect((await setStatus(bob, image, cloud.project('beta'), 'pending')).status).toBe(400)
    expect((await removeMember(alice, image, cloud.project('beta'))).status).toBe(204)
  })

  test('the rules of the batch calls hold here too', async () => {
    const image = await cloud.image()
    const alice = cloud.as('alice')
    const unknown = await addMember(alice, image, '0'.repeat(32))
    expect([unknown.status, unknown.body]).toMatchObject([400, { error: { code: 'IMG.0108' } }])
    const myself = await addMember(alice, image, cloud.project('alpha'))
    expect([myself.status, myself.body]).toMatchObject([400, { error: { code: 'IMG.0076' } }])
  })
})
