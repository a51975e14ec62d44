import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createImage } from '../openstack/admin.ts'
import { startLab } from '../openstack/lab.ts'
import { mintWorld } from '../openstack/world.ts'
import { cloudName, signIn } from '../tools/action-client.ts'
import { startDashboard } from '../tools/dashboard.ts'
import { measureBareMembers, newPairs } from './bare-members.ts'
import { type JobMeasure, measureJob } from './job-pairs.ts'
import { median } from './median.ts'
import { measureOpenstackCommand } from './openstack-cli.ts'

const rounds = 3
const images = 20
const projectsPerRound = 30
const bare = { samplePairs: 80, pairs: images * projectsPerRound }
const commandPairs = 6

/**
 * How fast a bulk share is beside a bare client at its best and the openstack command, on one real Glance. The two fast
 * ones take turns, because the machine is not equally quiet all the time.
 */
export async function benchShare(): Promise<void> {
  const lab = await startLab({ memberQuota: 1_000_000 })
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
    const service = await world.images('ines', 'owner')
    const imageIds: string[] = []
    for (let index = 0; index < images; index += 1) {
      imageIds.push(await createImage(service, { name: `bench-${index}`, visibility: 'shared' }))
    }
    const { ines } = world.users
    const cookie = await signIn(dashboard, { user: ines.name, password: ines.password })
    const scope = { cloud: cloudName, region: lab.region, project: world.projects.owner.id }
    const bareRates: number[] = []
    const jobs: JobMeasure[] = []
    for (let round = 0; round < rounds; round += 1) {
      const { best } = await measureBareMembers({
        imageUrl: lab.imageUrl,
        token: service.token,
        imageIds,
        ...bare,
      })
      bareRates.push(best.pairsPerSecond)
      const projects = Array.from({ length: projectsPerRound }, () => randomUUID().replaceAll('-', ''))
      jobs.push(await measureJob(dashboard, cookie, scope, { images: imageIds, projects }))
      console.log(
        `round ${round + 1}: bare ${best.pairsPerSecond.toFixed(0)} pairs/s at ${best.concurrency} at once, ` +
          `job ${jobs[round]?.pairsPerSecond.toFixed(0)} pairs/s, ${jobs[round]?.cpuMsPerPair.toFixed(2)} ms of our CPU a pair`,
      )
    }
    const command = await measureOpenstackCommand(
      lab,
      world.credentials('ines', 'owner'),
      newPairs(imageIds, commandPairs),
    )
    const rate = median(jobs.map((job) => job.pairsPerSecond))
    console.log(
      `bulk share / bare client: ${(rate / median(bareRates)).toFixed(2)} (median of ${rounds} rounds each)`,
    )
    console.log(`our CPU a pair: ${median(jobs.map((job) => job.cpuMsPerPair)).toFixed(2)} ms`)
    console.log(
      `openstack command: ${command.toFixed(2)} s a pair; bulk share is ${(command * rate).toFixed(0)} times as fast`,
    )
  } finally {
    await dashboard.stop()
    await lab.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}
