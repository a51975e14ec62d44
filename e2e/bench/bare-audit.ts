import { Pool } from 'undici'

interface Cloud {
  imageUrl: string
  token: string
}

/** How fast the shared images and all their members were read by so many requests at a time. */
export interface BareAudit {
  concurrency: number
  /** Pages of the list and lists of members. */
  reads: number
  readsPerSecond: number
}

const CONCURRENCIES = [2, 4, 8, 16]
/** Member lists of one small sample of the search. */
const SAMPLE = 200
const PAGE = 1_000

/** The concurrency of 2, 4, 8 and 16 at which a bare client reads member lists fastest here, after a warm-up. */
export async function findBestConcurrency(cloud: Cloud): Promise<number> {
  const { imageIds } = await listImages(cloud, 'shared')
  const sample = imageIds.slice(0, SAMPLE)
  await readMembers(cloud, sample, 4)
  let best = { concurrency: 0, rate: 0 }
  for (const concurrency of CONCURRENCIES) {
    const start = performance.now()
    await readMembers(cloud, sample, concurrency)
    const rate = sample.length / (performance.now() - start)
    if (rate > best.rate) best = { concurrency, rate }
  }
  return best.concurrency
}

/** Reads what an audit of the whole cloud has to read, with nothing but an HTTP client: every list, and the members of every shared image. */
export async function measureBareAudit(cloud: Cloud, concurrency: number): Promise<BareAudit> {
  const start = performance.now()
  const { imageIds, pages } = await listImages(cloud, 'shared')
  const others = [await listImages(cloud, 'public'), await listImages(cloud, 'community')]
  await readMembers(cloud, imageIds, concurrency)
  const reads = others.reduce((sum, list) => sum + list.pages, pages) + imageIds.length
  return { concurrency, reads, readsPerSecond: reads / ((performance.now() - start) / 1000) }
}

/** The images of one visibility, hidden ones too. */
async function listImages(cloud: Cloud, visibility: string): Promise<{ imageIds: string[]; pages: number }> {
  const pool = new Pool(cloud.imageUrl, { connections: 1 })
  const imageIds: string[] = []
  let pages = 0
  for (const hidden of ['false', 'true']) {
    let next: string | undefined = `/v2/images?visibility=${visibility}&os_hidden=${hidden}&limit=${PAGE}`
    while (next) {
      const page: { images: { id: string }[]; next?: string } = JSON.parse(await get(pool, cloud.token, next))
      imageIds.push(...page.images.map(({ id }) => id))
      pages += 1
      next = page.next
    }
  }
  await pool.close()
  return { imageIds, pages }
}

async function readMembers(cloud: Cloud, imageIds: readonly string[], concurrency: number): Promise<void> {
  const pool = new Pool(cloud.imageUrl, { connections: concurrency })
  const queue = imageIds.values()
  const worker = async () => {
    for (const id of queue) JSON.parse(await get(pool, cloud.token, `/v2/images/${id}/members`))
  }
  await Promise.all(Array.from({ length: concurrency }, worker))
  await pool.close()
}

async function get(pool: Pool, token: string, path: string): Promise<string> {
  const answer = await pool.request({ path, method: 'GET', headers: { 'X-Auth-Token': token } })
  const text = await answer.body.text()
  if (answer.statusCode !== 200) throw new Error(`GET ${path}: ${answer.statusCode} ${text.slice(0, 300)}`)
  return text
}
