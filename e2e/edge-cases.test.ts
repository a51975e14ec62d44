import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))
const patterns = [
  '{app,components,lib,e2e}/**/*.test.{ts,tsx}',
  'e2e/**/*.e2e.ts',
  'e2e/contract/**/*.contract.ts',
]

const glance = 'OpenStack Image API v2'
const keystone = 'OpenStack Identity API v3'
const ims = 'OTC Image Management Service API reference'
const iam = 'Huawei Cloud IAM API reference'
const gateway = 'Huawei Cloud API gateway, error codes'

/**
 * What clouds do that a simple dashboard gets wrong, and whose public documentation says so. Each row is shown by at least
 * one test with its label, `[row 8]`, in front of its title.
 */
const edgeCases: [row: number, what: string, source: string][] = [
  [1, 'A recipient opens an offer by its id in any state.', `${glance}: members`],
  [2, 'A recipient that lists members sees its own row alone.', `${glance}: members`],
  [3, 'Who is no member is told that there is no such image.', `${glance}: members`],
  [4, 'An image is not shared only because its visibility says so.', 'Glance release note: image visibility'],
  [5, 'The list of open offers holds one’s own images too.', `${glance}: list images`],
  [6, 'An admin’s list ignores the status of members.', `${glance}: list images`],
  [7, 'Adding a member that is there already is a conflict.', `${glance}: create member`],
  [8, 'A private image takes no members.', `${glance}: create member`],
  [9, 'A change of visibility as plain JSON is refused.', `${glance}: update image`],
  [10, 'After a removal and a new offer the recipient has to answer anew.', `${glance}: members`],
  [11, 'Who rejected is offered the image again by removing and adding.', `${glance}: create member`],
  [
    12,
    'A mistyped project is taken by Glance and refused by IMS.',
    `${glance}: create member; ${ims}: errors`,
  ],
  [13, 'A project of another region cannot be shared with.', `${ims}: image sharing`],
  [14, 'Nobody shares an image with its own project.', `${ims}: error codes`],
  [15, 'An owner cannot answer, and a recipient cannot leave.', `${glance}: update and delete member`],
  [16, 'An image is deleted while somebody works with it.', `${glance}: members; ${ims}: error codes`],
  [17, 'A removed recipient no longer finds the image.', `${glance}: delete member`],
  [18, 'A shared image is made private while it has members.', 'Glance release note: image visibility'],
  [19, 'A job succeeds, and one of its pairs is missing.', `${ims}: image jobs`],
  [20, 'A job fails, and all of its pairs are there.', `${ims}: image jobs`],
  [21, 'A job that removes members names no results.', 'Huawei Cloud IMS API reference, ims_03_0905'],
  [22, 'A job never ends, or cannot be read any more.', `${ims}: image jobs`],
  [
    23,
    'A job’s states, results and times come in many forms.',
    'Huawei Cloud IMS API reference, ims_03_0905',
  ],
  [24, 'A DELETE loses the body that IMS needs, or has one that Glance refuses.', `${ims}: removing members`],
  [25, 'A token is larger than cookies and usual headers may be.', `${iam}: obtaining a token`],
  [26, 'A token ends between reading a list and sharing from it.', `${iam}: validity of tokens`],
  [27, 'A fresh token that has to be renewed is one of another region.', gateway],
  [28, 'A cloud asks to be left alone for a while.', `${gateway}; ${ims}: error codes`],
  [29, 'A wrong password counts towards a lock of the account.', `${iam}: account lockout`],
  [30, 'A one-time code is wanted, or was wrong.', `${keystone}: multi-factor; ${iam}: virtual MFA`],
  [31, 'A token cannot be exchanged for one of another project.', `${keystone}: application credentials`],
  [32, 'A project list holds what nobody can work in.', `${keystone}: projects; ${iam}: projects`],
  [33, 'The end of a password is an empty text.', `${iam}: obtaining a token`],
  [34, 'A catalogue names the image service in many ways.', 'python-otcextensions, service types'],
  [35, 'Links to the next page have no prefix, and the last page is empty.', `${glance}: paging`],
  [36, 'A page is shorter than was asked for, and not the last.', `${glance}: paging; ${ims}: image list`],
  [37, 'An error is HTML, or says that it is.', 'ECL 2.0 image storage API reference'],
  [38, 'The list of versions comes with the status 300.', `${glance}: versions`],
  [39, 'Fields are missing, null, or numbers and flags written as texts.', `${ims}: image attributes`],
  [40, 'An image of a whole server is accepted into a backup vault.', `${ims}: accepting images`],
  [41, 'An encrypted image may be shared on some clouds.', `${ims}: restrictions on sharing`],
  [42, 'An image has as many members as it may.', `${ims}: error codes; Glance: image_member_quota`],
  [43, 'A member is a domain or an organisation.', 'Huawei Cloud IMS API reference, member lists'],
  [44, 'A role only reads.', `${ims}: permissions; Glance: policies`],
  [45, 'Names and states are of a kind that nobody foresaw.', `${glance}: image schema`],
  [46, 'Two people act on one pair at the same time.', `${glance}: create and delete member`],
  [47, 'Every token that was obtained has to be revoked.', `${keystone}: revoking a token`],
]

/** Titles of tests and of their groups: the first argument of `test`, `describe`, their kinds, and their tables. */
function titlesIn(text: string): string[] {
  const code = text.replace(/^\s*\/\/.*$/gm, '').replace(/^\s*\/\*[\s\S]*?\*\//gm, '')
  const starts =
    /(?:\b(?:test|describe)(?:\.(?!skip|todo|fixme|fails)\w+)*|[\])])\(\s*(['"`])((?:\\.|(?!\1)[^\\])*)\1/g
  return [...code.matchAll(starts)].map((match) => match[2] ?? '')
}

const rowsOf = (title: string) => [...title.matchAll(/\[row (\d+)\]/g)].map(([, number]) => Number(number))

const titles = globSync(patterns, { cwd: root, exclude: (path) => path.endsWith('node_modules') })
  .filter((path) => !path.endsWith('edge-cases.test.ts'))
  .flatMap((path) => titlesIn(readFileSync(join(root, path), 'utf8')))

describe('edge cases', () => {
  const covered = new Set(titles.flatMap(rowsOf))

  test.each(edgeCases)('%i: %s (%s)', (row) => {
    expect(covered).toContain(row)
  })

  test('are 47, one after the other', () => {
    expect(edgeCases.map(([row]) => row)).toEqual(Array.from({ length: 47 }, (_, at) => at + 1))
  })

  test('are labelled one by one, in front of a title, and none that is not listed', () => {
    const labelled = titles.filter((title) => /\[row/i.test(title))
    const listed = new Set(edgeCases.map(([row]) => row))
    const odd = (title: string) =>
      !/^(\[[^\]]+\] )*[^[]*$/.test(title) ||
      /\[row(?! \d+\])/i.test(title) ||
      rowsOf(title).some((row) => !listed.has(row))
    expect(labelled.filter(odd)).toEqual([])
  })
})

test.each([
  ["test('[row 1] plain', run)", [1]],
  ["  test.each([1, 2])('[row 2] [row 3] of a table', run)", [2, 3]],
  ["test.each([\n  ['a'],\n])(\n  '[row 4] on the next line', run)", [4]],
  ['test(`[row 5] in a template`, run)', [5]],
  ["test.describe('[row 6] a group', run)", [6]],
  ["// test('[row 7] commented out', run)", []],
  ["/* test('[row 7] commented out', run) */", []],
  ["test.skip('[row 7] left out', run)", []],
  ["const row = '[row 7] no title'", []],
])('a label is found where it is a title: %s', (text, rows) => {
  expect(titlesIn(text).flatMap(rowsOf)).toEqual(rows)
})
