import 'server-only'
import type { Cloud } from '../../../e2e/mock-cloud/cloud.ts'
import { type Minted, mint, type WorldSpec } from '../../../e2e/mock-cloud/control/mint.ts'
import { endTokens } from '../../../e2e/mock-cloud/control/tokens.ts'
import { MockCloud } from '../../../e2e/mock-cloud/control-client.ts'
import type { FaultKind, FaultSpec } from '../../../e2e/mock-cloud/faults.ts'
import type { LedgerEntry } from '../../../e2e/mock-cloud/ledger.ts'
import { type CallPattern, compilePattern } from '../../../e2e/mock-cloud/match.ts'
import type { MemberStatus } from '../../../e2e/mock-cloud/records.ts'
import { type MockCloudOptions, startMockCloud } from '../../../e2e/mock-cloud/server.ts'
import { defaultSettings } from '../../../e2e/mock-cloud/settings.ts'
import './quiet-log'

export { passcodeAt } from '../../../e2e/mock-cloud/keystone/passcode.ts'

export type { CallPattern, FaultKind, LedgerEntry, Minted }

/** The fake cloud in this very process: its world is changed and its ledger read without a call. */
export interface FakeCloud {
  authUrl: string
  imageUrl: string
  cloud: Cloud
  /** For waiting until calls arrive or are held. */
  control: MockCloud
  mint(world: WorldSpec): Minted
  fault(spec: FaultSpec): void
  /** Makes it an OpenStack of today again, whatever a test had set. */
  resetSettings(): void
  /** Removes all faults. */
  heal(): void
  calls(pattern?: CallPattern): LedgerEntry[]
  /** Calls on members that changed something. */
  effects(): LedgerEntry[]
  /** The members of an image: project id to status. */
  members(imageId: string): Map<string, MemberStatus>
  /** Deletes an image, past the ledger. */
  removeImage(imageId: string): void
  /** Ends tokens so that both services refuse them at once. */
  endTokens(which?: { userId?: string; projectId?: string }): void
  stop(): Promise<void>
}

/** Starts a fake cloud of any kind with one admin and nothing else, on ports of its own. */
export async function startFakeCloud(
  options: Pick<MockCloudOptions, 'flavour' | 'regions'> = {},
): Promise<FakeCloud> {
  const { authUrl, imageUrl, controlUrl, cloud, stop } = await startMockCloud(options)
  const calls = (pattern: CallPattern = {}) => cloud.ledger.since(0).filter(compilePattern(pattern))
  return {
    authUrl,
    imageUrl,
    cloud,
    control: new MockCloud(controlUrl),
    mint: (world) => mint(cloud, world),
    fault: (spec) => {
      cloud.faults.add(spec)
    },
    resetSettings: () => {
      Object.assign(cloud.settings, defaultSettings())
    },
    heal: () => cloud.faults.clear(),
    calls,
    effects: () => calls({ path: '/members' }).filter((call) => call.changed),
    members(imageId) {
      const image = cloud.storeOf(imageId)?.images.get(imageId)
      return new Map([...(image?.members.values() ?? [])].map(({ memberId, status }) => [memberId, status]))
    },
    removeImage(imageId) {
      const kept = cloud.storeOf(imageId)
      const image = kept?.images.get(imageId)
      if (!kept || !image) throw new Error(`no image ${imageId}`)
      kept.remove(image)
    },
    endTokens: (which = {}) => {
      endTokens(cloud, { how: 'revoke', ...which })
    },
    stop,
  }
}
