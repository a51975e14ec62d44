import type { Cloud } from '../cloud.ts'
import type { Call, Reply } from '../http/call.ts'
import { RouteTable } from '../http/route-table.ts'
import { noSuchResource, ok, unauthorized, wrongMethod } from './answers.ts'
import { type At, callerOf } from './caller.ts'
import { downloadFile, uploadFile } from './image-file.ts'
import { listImages } from './image-list.ts'
import { patchImage } from './image-patch.ts'
import { changeTag } from './image-tags.ts'
import { createImage, deleteImage, showImage, switchImage } from './images.ts'
import { addMember, listMembers, removeMember, setMemberStatus, showMember } from './members.ts'
import { SCHEMAS } from './schemas.ts'
import { health, newest, toRoot, versions } from './versions.ts'

type Act = (at: At, id: string, name: string) => Reply

const ROUTES = new RouteTable<Act>({
  'GET schemas/{}': showSchema,
  'GET images': listImages,
  'POST images': createImage,
  'GET images/{}': showImage,
  'PATCH images/{}': patchImage,
  'DELETE images/{}': deleteImage,
  'GET images/{}/members': listMembers,
  'POST images/{}/members': addMember,
  'GET images/{}/members/{}': showMember,
  'PUT images/{}/members/{}': setMemberStatus,
  'DELETE images/{}/members/{}': removeMember,
  'GET images/{}/file': downloadFile,
  'PUT images/{}/file': uploadFile,
  'POST images/{}/actions/deactivate': (at, id) => switchImage(at, id, 'deactivate'),
  'POST images/{}/actions/reactivate': (at, id) => switchImage(at, id, 'reactivate'),
  'PUT images/{}/tags/{}': (at, id, tag) => changeTag(at, id, tag, true),
  'DELETE images/{}/tags/{}': (at, id, tag) => changeTag(at, id, tag, false),
})

/** Members of an image whose id is blank; the double slash makes another resource of it. */
const BLANK_ID = /^\/v2\/images\/(%20)*\/members(\/|$)/

/** Answers one call to the image service. */
export function handleGlance(cloud: Cloud, call: Call): Reply {
  const path = wsgiPath(call.path)
  if (path === '/healthcheck') return health()
  if (path === '/versions' || path === '/versions/') return versions(cloud, 200)
  const minor = /^\/v2(?:\.(\d+))?(?=\/|$)/.exec(path)
  if (!minor || Number(minor[1] ?? 0) > newest(cloud)) return versions(cloud, 300)
  if (call.method === 'OPTIONS') return { status: 200, headers: {}, body: '' }
  const caller = callerOf(cloud, call)
  if (!caller) return unauthorized(cloud, call)
  if (path === '/v2') return toRoot(cloud, call)
  const isOld = cloud.settings.visibilityModel === 'private'
  if (isOld && BLANK_ID.test(call.path) && ['POST', 'DELETE'].includes(call.method)) {
    return wrongMethod(call, 'GET, PATCH, DELETE')
  }
  const found = ROUTES.find(path.split('/').slice(2))
  if (!found) return noSuchResource(call)
  const [id = '', name = ''] = found.ids
  const act = found.methods.get(call.method)
  return act
    ? act({ cloud, call, caller }, id, name)
    : wrongMethod(call, [...found.methods.keys()].join(', '))
}

function showSchema({ call }: At, name: string): Reply {
  const schema = SCHEMAS[name]
  return schema === undefined ? noSuchResource(call) : ok(call, schema)
}

/** The path as a WSGI server hands it over: each escaped byte one Latin-1 character, double slashes made one. */
function wsgiPath(path: string): string {
  if (!path.includes('%') && !path.includes('//')) return path
  const plain = path.replace(/%([0-9a-f]{2})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  )
  return plain.replace(/\/{2,}/g, '/')
}
