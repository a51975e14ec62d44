import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Admin, createImage, createProject, openAdmin } from '../openstack/admin.ts'
import { call, type Service } from '../openstack/http.ts'
import { startLab } from '../openstack/lab.ts'
import { mintWorld } from '../openstack/world.ts'
import { cloudName, signIn } from '../tools/action-client.ts'
import { startDashboard } from '../tools/dashboard.ts'
import { findBestConcurrency, measureBareAudit } from './bare-audit.ts'
import { measureCrawl } from './crawl.ts'
import { median } from './median.ts'
import { openBenchBrowser } from './screen.ts'

const rounds = 3
const imageCount = 1_000
const membersPerImage = 10
const recipientCount = 200
const atOnce = 8

/**
 * How fast an audit of 1 000 shared images with 10 members each reads a real Glance, beside a bare client at its best
 * concurrency that reads the same, and how soon its first rows are on screen. The two take turns, because the machine is
 * not equally quiet all the time.
 */
export async function benchAudit(): Promise<void> {
  const lab = await startLab()
  const dataDir = mkdtempSync(join(tmpdir(), 'shareboard-bench-'))
  const dashboard = await startDashboard({
    authUrl: lab.authUrl,
    dataDir,
    env: { OS_REGION_NAME: lab.region, SHAREBOARD_LOG_LEVEL: 'warn' },
  })
  try {
    const world = await mintWorld(lab, {
      projects: { owner: {} },
      users: { ines: { roles: { owner: ['member'] } } },
    })
    const admin = await openAdmin(lab)
    const { domain } = world.projects.owner
    await share(await world.images('ines', 'owner'), await makeRecipients(admin, domain.id))
    const path = `/projects?name=${lab.admin.project}`
    const { projects } = await call<{ projects: { id: string }[] }>(admin.identity, 'GET', path)
    const scope = { cloud: cloudName, region: lab.region, project: projects[0]?.id ?? '' }
    const cookie = await signIn(dashboard, { user: lab.admin.username, password: lab.admin.password })

    const screen = await openBenchBrowser(dashboard, cookie)
    try {
      console.log(
        `audit, first row on screen: ${(await screen.firstRow(scope)).toFixed(0)} ms after the click`,
      )
    } finally {
      await screen.close()
    }

    const bareCloud = { imageUrl: lab.imageUrl, token: admin.images.token }
    const concurrency = await findBestConcurrency(bareCloud)
    const ratios: number[] = []
    for (let round = 0; round < rounds; round += 1) {
      const plain = await measureBareAudit(bareCloud, concurrency)
      const crawl = await measureCrawl(dashboard, cookie, scope)
      if (crawl.audit.progress.members !== imageCount * membersPerImage) {
        throw new Error(`The audit found ${crawl.audit.progress.members} members.`)
      }
      // What it asks the identity service beside is not counted in its favour.
      const rate = plain.reads / crawl.seconds
      ratios.push(rate / plain.readsPerSecond)
      console.log(
        `round ${round + 1}: bare ${plain.reads} reads, ${plain.readsPerSecond.toFixed(0)}/s at ${concurrency} at once; ` +
          `audit ${crawl.audit.progress.calls} calls in ${crawl.seconds.toFixed(1)} s, the same reads at ${rate.toFixed(0)}/s`,
      )
    }
    console.log(`audit / bare client: ${median(ratios).toFixed(2)} (median of ${rounds} rounds)`)
  } finally {
    await dashboard.stop()
    await lab.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

async function makeRecipients(admin: Admin, domainId: string): Promise<string[]> {
  const ids: string[] = []
  for (let n = 0; n < recipientCount; n += 1)
    ids.push(await createProject(admin, `recipient-${randomUUID()}`, domainId))
  return ids
}

/** Makes the images and their members by the API, some at a time. */
async function share(owner: Service, recipients: readonly string[]): Promise<void> {
  const queue = Array.from({ length: imageCount }, (_, index) => index).values()
  const worker = async () => {
    for (const index of queue) {
      const image = await createImage(owner, { name: `bench-${index}`, visibility: 'shared' })
      for (let n = 0; n < membersPerImage; n += 1) {
        const member = recipients[(index + n * 19) % recipientCount]
        await call(owner, 'POST', `/v2/images/${image}/members`, { member })
      }
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
}
