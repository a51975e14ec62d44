import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MockCloud } from '../mock-cloud/control-client.ts'
import { startMockCloud } from '../mock-cloud/server.ts'
import { defaultSettings } from '../mock-cloud/settings.ts'
import { type Dashboard, startDashboard } from './dashboard.ts'

/** A fake cloud and a dashboard on an embedded store of its own, both of one test or shared by the tests of a worker. */
export interface Stack {
  cloud: MockCloud
  /** The dashboard that runs now; another one after `restart`. */
  readonly dashboard: Dashboard
  /** Ends the dashboard by a signal and starts it anew at the same address, on the same data. */
  restart(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>
  /** Takes back what a test asked of the cloud: holds, faults, settings. */
  calmDown(): Promise<void>
  close(): Promise<void>
}

interface StackOptions {
  /** World the cloud begins with; `empty` when left out. */
  seed?: string
}

/** Starts both and waits until they are ready. */
export async function openStack({ seed = 'empty' }: StackOptions = {}): Promise<Stack> {
  const running = await startMockCloud({ seed })
  const cloud = new MockCloud(running.controlUrl)
  const dataDir = mkdtempSync(join(tmpdir(), 'shareboard-browser-'))
  const settings = { authUrl: running.authUrl, dataDir }
  let dashboard = await startDashboard(settings)
  return {
    cloud,
    get dashboard() {
      return dashboard
    },
    async restart(signal) {
      await (signal === 'SIGKILL' ? dashboard.kill() : dashboard.stop())
      dashboard = await startDashboard({ ...settings, port: dashboard.port })
    },
    async calmDown() {
      await cloud.endHolds()
      await cloud.clearFaults()
      await cloud.set(defaultSettings())
    },
    async close() {
      await running.stop()
      await dashboard.stop()
      rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}
