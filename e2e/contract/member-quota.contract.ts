import { beforeAll, expect, test } from 'vitest'
import { cloud, type People, people } from './cloud-under-test.ts'
import { expectOk, expectRefusal } from './expectations.ts'
import { addMember, newImage, removeMember, shownMembers } from './images.ts'

const { memberQuota } = cloud

let as: People
let image: string

beforeAll(async () => {
  as = await people()
  image = await newImage(as.alice)
  for (let n = 0; n < memberQuota; n += 1) expectOk(await addMember(as.alice, image, `member-${n}`))
})

const full = () =>
  `Image member limit exceeded for image ${image}: The limit has been exceeded on the number of allowed image ` +
  `members for this image. Attempted: ${memberQuota + 1}, Maximum: ${memberQuota}:`

test('a full image takes no further member, from nobody', async () => {
  expectRefusal(await addMember(as.alice, image, 'one-more'), 413, full())
  expectRefusal(await addMember(as.admin, image, 'one-more'), 413, full())
})

test('a full image says so before it says that a member is there already', async () => {
  expectRefusal(await addMember(as.alice, image, 'member-0'), 413, full())
})

test('all members come in one list', async () => {
  expect(await shownMembers(as.alice, image)).toHaveLength(memberQuota)
})

test('a removal frees a place', async () => {
  expect((await removeMember(as.alice, image, 'member-0')).status).toBe(204)
  expectOk(await addMember(as.alice, image, 'one-more'))
  expectRefusal(await addMember(as.alice, image, 'member-0'), 413, full())
})
