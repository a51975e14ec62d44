import 'server-only'
import type { AuditMember } from '../../contracts/audits'
import type { ErrorCode } from '../../contracts/errors'
import { CloudError } from '../cloud/cloud-error'
import { visibilityAllowsMembers } from '../cloud/family'
import type { GlanceMember, ImageAccess } from '../cloud/glance'
import type { Sharing } from '../cloud/sharing'
import { asksToWait, Interrupted, outage, type RunControl } from '../jobs/run-control'
import { moment, storable } from './from-cloud'
import type { ReadImage, WaitingImage } from './image-rows'

const tries = 3
const againMs = 400
/** So many images in a row without an answer from the cloud, and the rest waits for a person. */
const outageAfter = 16

interface ReaderParts {
  sharing: Sharing
  control: RunControl
  /** By project id. */
  accesses: ReadonlyMap<string, ImageAccess>
  add(image: ReadImage): void
}

/**
 * Reads the members of one image after the other and hands on what came of it. An image that the cloud fails on is believed
 * to be at fault only once the cloud has answered something else.
 */
export function createReader({ sharing, control, accesses, add }: ReaderParts) {
  const doubted: { image: WaitingImage; code: ErrorCode }[] = []

  /** @throws Interrupted, LostLease, CloudError for what the cloud says of this image alone */
  const ask = async (access: ImageAccess, imageId: string): Promise<GlanceMember[]> => {
    for (let waits = 1, failures = 1; ; ) {
      await control.patience()
      await control.confirmHeld()
      if (control.ending()) throw new Interrupted()
      try {
        return await sharing.list(access, imageId)
      } catch (error) {
        if (!(error instanceof CloudError)) throw error
        if (error.code === 'unauthenticated') {
          control.end('sign_in')
        } else if (asksToWait(error)) {
          if (control.mayWait(error, waits)) waits += 1
        } else if (outage.has(error.code) && failures < tries) {
          await control.pause(againMs * failures, true)
          failures += 1
        } else throw error
      }
    }
  }

  /** An owner's token tells every member; a recipient's the row of its own project alone. */
  const readOwned = async (image: WaitingImage): Promise<ReadImage> => {
    const access = accesses.get(image.via[0] ?? '')
    if (!access) return refusedImage(image, 'project_not_usable')
    if (!visibilityAllowsMembers(access.family, image.visibility)) return readImage(image, [])
    return readImage(image, (await ask(access, image.id)).map(asMember))
  }

  const readOffered = async (image: WaitingImage): Promise<ReadImage> => {
    const members: AuditMember[] = []
    let refusal: ErrorCode | null = null
    for (const project of image.via) {
      const access = accesses.get(project)
      const listed = image.members.filter((member) => member.project === project)
      try {
        const rows = access ? await ask(access, image.id) : []
        const own = rows.filter(({ member_id }) => member_id === project).map(asMember)
        members.push(...(own.length > 0 ? own : listed))
      } catch (error) {
        if (!(error instanceof CloudError) || outage.has(error.code)) throw error
        members.push(...listed)
        // Taken back since it was listed: then it is no offer any more.
        if (error.code !== 'image_not_found') refusal ??= error.code
      }
    }
    if (members.length > 0) return readImage(image, members)
    return refusal ? refusedImage(image, refusal) : { ...readImage(image, []), state: 'gone' }
  }

  const settleDoubts = () => {
    for (const { image, code } of doubted.splice(0)) add(refusedImage(image, code))
  }

  return {
    /** @throws Interrupted, LostLease */
    async read(image: WaitingImage): Promise<void> {
      try {
        const read = await (image.side === 'owner' ? readOwned(image) : readOffered(image))
        add(read)
      } catch (error) {
        if (!(error instanceof CloudError)) throw error
        if (outage.has(error.code)) {
          doubted.push({ image, code: error.code })
          if (doubted.length >= outageAfter) control.end('upstream')
          return
        }
        add(refusedImage(image, error.code))
      }
      settleDoubts()
    },
    /** Asks the cloud for something else, if the last images had no answer: without one it is away. */
    async settle(isThere: () => Promise<unknown>): Promise<void> {
      if (doubted.length === 0) return
      await isThere()
      settleDoubts()
    },
  }
}

const readImage = ({ id }: WaitingImage, members: AuditMember[]): ReadImage => ({
  id,
  state: 'read',
  code: null,
  members,
})
const refusedImage = ({ id }: WaitingImage, code: ErrorCode): ReadImage => ({
  id,
  state: 'refused',
  code,
  members: [],
})

/** Every row as it stands, two of one project as well: that is a finding. */
function asMember(row: GlanceMember): AuditMember {
  const isProject = (row.member_type ?? 'project').toLowerCase() === 'project'
  return {
    project: storable(row.member_id),
    status: row.status,
    ...(row.said === null ? {} : { said: storable(row.said) }),
    ...(isProject ? {} : { type: storable(row.member_type ?? '') }),
    sharedAt: moment(row.created_at),
    answeredAt: row.status === 'pending' ? null : moment(row.updated_at),
  }
}
