import type { Image, Member } from './records.ts'

/** The images of one region, with the indexes a list query needs. Every change goes through these methods. */
export class ImageStore {
  readonly images = new Map<string, Image>()
  /** Project id -> image id -> its membership there. */
  readonly memberships = new Map<string, Map<string, Member>>()
  readonly #byOwner = new Map<string, Set<Image>>()
  readonly #open = new Set<Image>()
  readonly #json = new WeakMap<Image, string>()

  add(image: Image): void {
    this.images.set(image.id, image)
    this.#index(image)
  }

  /** Applies a change to an image and brings the indexes up to date. */
  change(image: Image, fields: Partial<Image>): void {
    this.#unindex(image)
    Object.assign(image, fields)
    this.#index(image)
    this.#json.delete(image)
  }

  /** Takes the image and all its memberships away. */
  remove(image: Image): void {
    this.images.delete(image.id)
    this.#unindex(image)
    for (const memberId of image.members.keys()) this.memberships.get(memberId)?.delete(image.id)
  }

  addMember(image: Image, member: Member): void {
    image.members.set(member.memberId, member)
    const own = this.memberships.get(member.memberId)
    if (own) own.set(image.id, member)
    else this.memberships.set(member.memberId, new Map([[image.id, member]]))
  }

  /** A second row of a member. */
  addTwin(image: Image, member: Member): void {
    image.twins = [...(image.twins ?? []), member]
  }

  /** Takes one row of a member away; where there are two, the other one is the member then. */
  removeMember(image: Image, memberId: string): void {
    const twin = image.twins?.find((other) => other.memberId === memberId)
    if (twin) {
      image.twins = image.twins?.filter((other) => other !== twin)
      this.addMember(image, twin)
      return
    }
    image.members.delete(memberId)
    this.memberships.get(memberId)?.delete(image.id)
  }

  ownedBy(projectId: string): Iterable<Image> {
    return this.#byOwner.get(projectId) ?? []
  }

  /** Public and community images. */
  open(): Iterable<Image> {
    return this.#open
  }

  /** The image as text, made once per change of the image. */
  json(image: Image, make: (image: Image) => string): string {
    const kept = this.#json.get(image)
    if (kept !== undefined) return kept
    const made = make(image)
    this.#json.set(image, made)
    return made
  }

  #index(image: Image): void {
    if (image.owner !== null) {
      const own = this.#byOwner.get(image.owner)
      if (own) own.add(image)
      else this.#byOwner.set(image.owner, new Set([image]))
    }
    if (image.visibility === 'public' || image.visibility === 'community') this.#open.add(image)
  }

  #unindex(image: Image): void {
    if (image.owner !== null) this.#byOwner.get(image.owner)?.delete(image)
    this.#open.delete(image)
  }
}
