import type { Cloud } from './cloud.ts'
import type { Settings } from './settings.ts'

const DAY_SECONDS = 86_400

/** What the clouds with IMS have in common. */
const ims: Partial<Settings> = {
  imageFamily: 'ims',
  visibilityModel: 'any',
  identity: 'iam',
  tokenLifetimeSeconds: DAY_SECONDS,
  tokenStart: 'MII',
}

/** What sets each kind of cloud apart from OpenStack of today. */
const FLAVOURS = {
  openstack: {},
  otc: { ...ims, jobEndpoints: ['project'], memberQuota: 256, tokenLength: 9120, encryptedShares: true },
  huawei: {
    ...ims,
    jobEndpoints: ['project', 'progress'],
    tokenLength: 20_000,
    rescoping: false,
    memberPages: true,
  },
  'flexible-engine': { ...ims, jobEndpoints: ['project'], tokenLength: 5128 },
  ecl: { visibilityModel: 'private', errorStyle: 'text-as-html' },
} as const satisfies Record<string, Partial<Settings>>

/** Kinds of clouds the fake can be. */
export type Flavour = keyof typeof FLAVOURS

/** Makes the cloud one of a kind by its settings; a test may change single ones afterwards. Throws for an unknown kind. */
export function applyFlavour(cloud: Cloud, name: Flavour): void {
  if (!Object.hasOwn(FLAVOURS, name)) {
    throw new Error(`no flavour ${name}; there are ${Object.keys(FLAVOURS).join(', ')}`)
  }
  Object.assign(cloud.settings, structuredClone(FLAVOURS[name]))
}
