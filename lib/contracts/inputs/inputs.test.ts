import { describe, expect, test } from 'vitest'
import type { z } from 'zod'
import { ImageIdsInput, ImageInput, ImagePageInput, SetVisibilityInput } from './images'
import { JobIdInput, JobItemsInput, RetryJobInput, StartJobInput } from './jobs'
import { ImageId, ProjectId, ScopeInput } from './scope'
import { EnterProjectInput, RenewInput, SignInInput, SignOutInput } from './sign-in'

const project = '0123456789abcdef0123456789abcdef'
const image = '5b7e6f3a-1c2d-4e5f-8a9b-0c1d2e3f4a5b'
const scope = { cloud: 'prod', region: 'eu-de', project }
const key = image
const images = (count: number) =>
  Array.from({ length: count }, (_, at) => `5b7e6f3a-1c2d-4e5f-8a9b-${at.toString(16).padStart(12, '0')}`)
const job = { ...scope, kind: 'share', images: [image], projects: [project], idempotencyKey: key }
const credentials = {
  method: 'password',
  cloud: 'prod',
  domain: 'Default',
  user: 'alice',
  password: 'secret',
}

const credential = { method: 'application_credential', cloud: 'prod', id: project, secret: 'x' }
const pasted = { method: 'token', cloud: 'prod', token: 'x'.repeat(20_000) }
const passcode = { method: 'passcode', step: image, passcode: '123456' }

const good: [string, z.ZodType, unknown][] = [
  ['a project id', ProjectId, project],
  ['a project id as a UUID', ProjectId, image],
  ['an image id', ImageId, image],
  ['a scope', ScopeInput, scope],
  [
    'a scope with odd but harmless names',
    ScopeInput,
    { ...scope, cloud: 'my_cloud.1@x', region: 'eu-de_proj' },
  ],
  ['a first page', ImagePageInput, scope],
  ['a later page of hidden images', ImagePageInput, { ...scope, marker: image, hidden: 'true' }],
  ['a later page by a marker of the cloud’s own', ImagePageInput, { ...scope, marker: 'b64+/=' }],
  ['fifty images', ImageIdsInput, { ...scope, ids: images(50).join(',') }],
  ['a visibility', SetVisibilityInput, { ...scope, imageId: image, visibility: 'shared' }],
  ['a job', StartJobInput, job],
  [
    'a job about a member that is no project id',
    StartJobInput,
    { ...job, kind: 'stop', projects: ['A name ü'] },
  ],
  ['a job with holes', StartJobInput, { ...job, except: [[image, project]] }],
  ['a large job', StartJobInput, { ...job, images: images(200), projects: images(100) }],
  ['a sign-in', SignInInput, credentials],
  [
    'a sign-in with every letter there is',
    SignInInput,
    { ...credentials, user: 'ü 😀', password: ' "\\\'\n' },
  ],
  [
    'a job of single pairs',
    StartJobInput,
    { ...job, images: images(500), projects: images(500), only: [[499, 499]] },
  ],
  ['a sign-in to look only', SignInInput, { ...credentials, readOnly: true }],
  ['a sign-in with its code', SignInInput, { ...credentials, passcode: '123 456' }],
  ['a sign-in to a region', SignInInput, { ...credentials, project: 'eu-de_team' }],
  ['an application credential', SignInInput, credential],
  ['a token of 20 kB with a line break behind it', SignInInput, { ...pasted, token: `${pasted.token}\n` }],
  ['a one-time code', SignInInput, passcode],
  ['signing in again', RenewInput, { method: 'password', cloud: 'prod', userId: project, password: 'x' }],
  ['signing in again with a credential', RenewInput, { ...credential, userId: project }],
  ['signing in again with a token', RenewInput, { ...pasted, userId: project }],
  ['signing in again with a one-time code', RenewInput, { ...passcode, userId: project }],
  ['entering a project', EnterProjectInput, { ...scope, method: 'password', password: 'x' }],
  ['entering a project with a token', EnterProjectInput, { ...pasted, ...scope }],
]

const bad: [string, z.ZodType, unknown][] = [
  ['a project id in capitals', ProjectId, project.toUpperCase()],
  ['a project id too short', ProjectId, project.slice(1)],
  ['a project id with a blank', ProjectId, ` ${project}`],
  ['a project id with a line break', ProjectId, `${project}\n`],
  ['a project id that leads elsewhere', ProjectId, '../../../../../../../../../../x'],
  ['an image id in capitals', ImageId, image.toUpperCase()],
  ['an image id without hyphens', ImageId, project],
  ['an image id with more behind it', ImageId, `${image}/members`],
  ['a scope without a project', ScopeInput, { cloud: 'prod', region: 'eu-de' }],
  ['a scope in an odd cloud', ScopeInput, { ...scope, cloud: 'a/b' }],
  ['a scope in an endless region', ScopeInput, { ...scope, region: 'x'.repeat(65) }],
  ['a scope in no region', ScopeInput, { ...scope, region: '' }],
  ['a scope of lists', ScopeInput, { cloud: ['prod'], region: ['eu-de'], project: [project] }],
  ['nothing', ScopeInput, null],
  ['a marker with a blank', ImagePageInput, { ...scope, marker: 'a b' }],
  ['an endless marker', ImagePageInput, { ...scope, marker: 'x'.repeat(513) }],
  ['a hidden flag of its own', ImagePageInput, { ...scope, hidden: '1' }],
  ['no images', ImageIdsInput, { ...scope, ids: '' }],
  ['fifty-one images', ImageIdsInput, { ...scope, ids: images(51).join(',') }],
  ['an image among images that is none', ImageIdsInput, { ...scope, ids: `${image},x` }],
  ['an image that is none', ImageInput, { ...scope, imageId: '..' }],
  ['a visibility we don’t set', SetVisibilityInput, { ...scope, imageId: image, visibility: 'public' }],
  ['a job of another kind', StartJobInput, { ...job, kind: 'delete' }],
  ['a job about nothing', StartJobInput, { ...job, images: [] }],
  ['a job with nobody', StartJobInput, { ...job, projects: [] }],
  ['a job without its key', StartJobInput, { ...job, idempotencyKey: '' }],
  ['a job with a member of half a character', StartJobInput, { ...job, kind: 'stop', projects: ['\ud800'] }],
  ['a job with an endless member', StartJobInput, { ...job, kind: 'stop', projects: ['x'.repeat(256)] }],
  ['a job that is too large', StartJobInput, { ...job, images: images(201), projects: images(100) }],
  ['a job of both kinds of holes', StartJobInput, { ...job, except: [[image, project]], only: [[0, 0]] }],
  ['a job of a pair beyond its images', StartJobInput, { ...job, only: [[1, 0]] }],
  ['a job of a pair beyond its projects', StartJobInput, { ...job, only: [[0, 1]] }],
  ['a job of half a pair', StartJobInput, { ...job, only: [[0]] }],
  ['a job of a pair before the first', StartJobInput, { ...job, only: [[-1, 0]] }],
  ['a job of no pair', StartJobInput, { ...job, only: [] }],
  [
    'a job of too large a grid',
    StartJobInput,
    { ...job, images: images(501), projects: images(500), only: [[0, 0]] },
  ],
  ['a job with a NUL in a member', StartJobInput, { ...job, kind: 'stop', projects: ['a\0b'] }],
  ['a job of too many images', StartJobInput, { ...job, images: images(2_001) }],
  ['a job id that is none', JobIdInput, { id: "1' or 1=1" }],
  ['a retry without its key', RetryJobInput, { id: image }],
  ['pairs before the first', JobItemsInput, { id: image, offset: -1 }],
  ['pairs in an odd state', JobItemsInput, { id: image, state: 'lost' }],
  ['a sign-in without a user', SignInInput, { ...credentials, user: '' }],
  ['a sign-in with a NUL', SignInInput, { ...credentials, password: 'a\0b' }],
  ['a sign-in with half a character', SignInInput, { ...credentials, user: '\udc00' }],
  ['a sign-in with an endless password', SignInInput, { ...credentials, password: 'x'.repeat(4_097) }],
  ['a sign-in of objects', SignInInput, { ...credentials, password: { $ne: '' } }],
  ['a sign-in by no method', SignInInput, { ...credentials, method: 'wish' }],
  ['a sign-in to look a little', SignInInput, { ...credentials, readOnly: 'yes' }],
  ['a code of five digits', SignInInput, { ...passcode, passcode: '12345' }],
  ['a code of letters', SignInInput, { ...passcode, passcode: '12345a' }],
  ['a code for a step that is none', SignInInput, { ...passcode, step: '1' }],
  ['a token with a header behind it', SignInInput, { ...pasted, token: `${project}\r\nX-Other: 1` }],
  ['a token that is not ASCII', SignInInput, { ...pasted, token: `${project}ü` }],
  ['a token without end', SignInInput, { ...pasted, token: 'x'.repeat(40_001) }],
  ['a credential without its secret', SignInInput, { ...credential, secret: '' }],
  ['signing in again as nobody', RenewInput, { ...credential }],
  ['entering no project', EnterProjectInput, { ...pasted, region: 'eu-de' }],
  ['entering with a credential', EnterProjectInput, { ...credential, ...scope }],
  ['an end for jobs that there is not', SignOutInput, { runningJobs: 'kill' }],
]

describe('[K6] an input', () => {
  test.each(good)('%s is taken', (_what, schema, input) => {
    expect(schema.safeParse(input).error?.issues).toBeUndefined()
  })

  test.each(bad)('%s is refused', (_what, schema, input) => {
    expect(schema.safeParse(input).success).toBe(false)
  })

  test('loses what nobody asked for', () => {
    expect(ScopeInput.parse({ ...scope, userId: 'root', __proto__: { admin: true } })).toEqual(scope)
  })

  test('has its defaults', () => {
    expect(ImagePageInput.parse(scope)).toEqual({ ...scope, hidden: 'false' })
    expect(JobItemsInput.parse({ id: image, offset: '200' })).toEqual({
      id: image,
      offset: 200,
      state: 'all',
    })
    expect(SignOutInput.parse({})).toEqual({ runningJobs: 'pause' })
    expect(StartJobInput.parse(job).except).toEqual([])
  })

  test('names the same image once', () => {
    expect(ImageIdsInput.parse({ ...scope, ids: `${image},${image}` }).ids).toEqual([image])
  })

  test('that is too large says so, for its own sentence', () => {
    const { error } = StartJobInput.safeParse({ ...job, images: images(201), projects: images(100) })
    expect(error?.issues).toMatchObject([{ path: ['projects'], message: 'too_many' }])
  })
})
