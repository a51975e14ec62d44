import { MockCloud } from '../mock-cloud/control-client.ts'
import { stableId } from '../mock-cloud/ids.ts'
import { startMockCloud } from '../mock-cloud/server.ts'
import { cloudName, signIn } from '../tools/action-client.ts'
import { startDashboard } from '../tools/dashboard.ts'
import { startPostgres } from '../tools/postgres.mjs'
import { measureCrawl } from './crawl.ts'
import { residentMb } from './memory.ts'
import { openBenchBrowser } from './screen.ts'

const images = 10_000
const membersPerImage = 10
const recipients = 200
const owners = 20
const sampleMs = 250

/** What an audit of 10 000 images with 10 members each costs in memory, on PostgreSQL, and how its screen scrolls. */
export async function benchLargeAudit(): Promise<void> {
  const postgres = await startPostgres()
  const running = await startMockCloud()
  await new MockCloud(running.controlUrl).mintBulk({ images, membersPerImage, recipients, owners })
  const dashboard = await startDashboard({
    authUrl: running.authUrl,
    databaseUrl: postgres.url,
    env: { SHAREBOARD_LOG_LEVEL: 'warn' },
  })
  try {
    const cookie = await signIn(dashboard, { user: 'admin', password: 'secret' })
    const scope = { cloud: cloudName, region: 'north', project: stableId('project', 'admin') }
    const samples = [residentMb(dashboard.pid)]
    const sampler = setInterval(() => samples.push(residentMb(dashboard.pid)), sampleMs)
    const { audit, seconds } = await measureCrawl(dashboard, cookie, scope)
    clearInterval(sampler)
    samples.push(residentMb(dashboard.pid))
    const mb = (value = 0) => `${value.toFixed(0)} MB`
    console.log(
      `audit of ${audit.progress.imagesRead} images, ${audit.progress.members} members on the fake cloud: ${seconds.toFixed(1)} s`,
    )
    console.log(
      `memory of the dashboard on PostgreSQL: ${mb(samples[0])} at the start, ${mb(Math.max(...samples))} at most, ${mb(samples.at(-1))} at the end`,
    )
    const screen = await openBenchBrowser(dashboard, cookie)
    try {
      for (const view of ['table', 'matrix'] as const) {
        const longest = await screen.longestTask(scope, audit, view)
        console.log(`longest task while scrolling the ${view}: ${longest.toFixed(0)} ms`)
      }
      console.log(`memory after two screens read it whole: ${mb(residentMb(dashboard.pid))}`)
    } finally {
      await screen.close()
    }
  } finally {
    await dashboard.stop()
    await running.stop()
    await postgres.stop()
  }
}
