import 'server-only'

/** Full rectangle of images × projects: what one batch call can name. Numbers are indexes into the job's lists. */
export interface Rectangle {
  images: number[]
  projects: number[]
}

export interface Pair {
  image: number
  project: number
}

/** No cloud publishes a limit. OTC's console takes 100 projects at a time; the others keep one failure small. */
const pairsPerCall = 100
const imagesPerCall = 20
const projectsPerCall = 100

/**
 * Cuts a set of pairs, holes and all, into full rectangles that overlap nowhere and cover it exactly. Calls stay few, and an
 * image comes in as few of them as possible, because two calls on one image wait for each other.
 */
export function cutRectangles(pairs: readonly Pair[]): Rectangle[] {
  const rows = new Map<number, Set<number>>()
  for (const { image, project } of pairs) {
    const row = rows.get(image)
    if (row) row.add(project)
    else rows.set(image, new Set([project]))
  }
  // Images with the same projects come together, so that blocks hold as much alike as there is.
  const alike = [...rows].map(([image, row]) => ({
    image,
    row,
    key: [...row].sort((a, b) => a - b).join(' '),
  }))
  alike.sort((a, b) => (a.key === b.key ? a.image - b.image : a.key < b.key ? -1 : 1))
  const found: Rectangle[] = []
  for (let at = 0; at < alike.length; at += imagesPerCall)
    found.push(...cutBlock(alike.slice(at, at + imagesPerCall)))
  return found
}

/** Takes the largest rectangle that spans the whole row of some image, until nothing is left. */
function cutBlock(block: { image: number; row: Set<number> }[]): Rectangle[] {
  const found: Rectangle[] = []
  for (let left = block; left.length > 0; left = left.filter(({ row }) => row.size > 0)) {
    let best: Rectangle = { images: [], projects: [] }
    for (const { row } of left) {
      const projects = [...row]
      const images = left.filter((other) => projects.every((project) => other.row.has(project)))
      if (images.length * projects.length > best.images.length * best.projects.length)
        best = { images: images.map(({ image }) => image), projects }
    }
    for (const { image, row } of left) {
      if (best.images.includes(image)) for (const project of best.projects) row.delete(project)
    }
    found.push(...slice(best))
  }
  return found
}

/** Cuts a rectangle to what one call may hold: into the fewest calls, then into the fewest calls per image. */
function slice({ images, projects }: Rectangle): Rectangle[] {
  const widths = Array.from({ length: Math.min(imagesPerCall, images.length) }, (_, index) => index + 1)
  const ways = widths.map((width) => {
    const height = Math.min(projectsPerCall, Math.floor(pairsPerCall / width))
    const perImage = Math.ceil(projects.length / height)
    return { width, height, perImage, calls: Math.ceil(images.length / width) * perImage }
  })
  const [way] = ways.sort((a, b) => a.calls - b.calls || a.perImage - b.perImage || a.width - b.width)
  if (!way) return []
  return chunks(images, way.width).flatMap((some) =>
    chunks(projects, way.height).map((few) => ({ images: some, projects: few })),
  )
}

/** Splits a list into parts of about the same length, at most `size`. */
function chunks<Item>(list: readonly Item[], size: number): Item[][] {
  const count = Math.ceil(list.length / size)
  return Array.from({ length: count }, (_, at) =>
    list.slice(Math.round((at * list.length) / count), Math.round(((at + 1) * list.length) / count)),
  )
}

/** The two halves of a rectangle, by its images or by its projects; none when there is only one of them. */
export function halves({ images, projects }: Rectangle, by: keyof Rectangle): Rectangle[] {
  const list = by === 'images' ? images : projects
  if (list.length < 2) return []
  return chunks(list, Math.ceil(list.length / 2)).map((half) =>
    by === 'images' ? { images: half, projects } : { images, projects: half },
  )
}
