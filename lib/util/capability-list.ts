import {
  type Capabilities,
  type Capability,
  type CapabilityKey,
  type CapabilitySource,
  type CapabilityValues,
  type CloudView,
  capabilityKeys,
} from '../contracts/clouds'

const options: { [Key in CapabilityKey]: readonly CapabilityValues[Key][] } = {
  sharing: ['native', 'batch'],
  image_list: ['glance', 'cloudimages'],
  job_endpoint: ['project', 'progress'],
  visibility_model: ['shared', 'private', 'any'],
  rescoping: ['yes', 'no'],
  project_names: ['own', 'all'],
  hashes: ['yes', 'no'],
  answer_undo: ['yes', 'no'],
  pending_access: ['usable', 'not_usable'],
}

/** A capability and its value, as the catalogue of words names them. */
export type CapabilityWord = { [Key in CapabilityKey]: `${Key}.${CapabilityValues[Key]}` }[CapabilityKey]

/** One capability as its row shows it. */
export interface CapabilityRow {
  key: CapabilityKey
  word: CapabilityWord
  source: CapabilitySource
  at: string | null
  /** Below `shareboard.capabilities` in clouds.yaml: makes this value hold, whatever is found out. */
  line: string
  /** The other values that line may have. */
  otherValues: readonly string[]
  /** A question that does not come up with the other values there are. */
  isUnused: boolean
}

/** The capabilities in the order in which they are shown. */
export function listCapabilities(capabilities: Capabilities): CapabilityRow[] {
  return capabilityKeys.map((key) => {
    const { value, source, at } = capabilities[key]
    return {
      key,
      // A value of this very key, which indexing by a union of keys can't say.
      word: `${key}.${value}` as CapabilityWord,
      source,
      at,
      line: `${key}: ${value}`,
      otherValues: options[key].filter((other) => other !== value),
      isUnused: key === 'job_endpoint' && capabilities.sharing.value === 'native',
    }
  })
}

/** Whether a region was asked what it can do; before that, all but what is known without asking are guesses. */
export function isAsked({ imageHost, capabilities }: Pick<CloudView, 'imageHost' | 'capabilities'>): boolean {
  return imageHost !== '' || capabilities.sharing.source !== 'unknown'
}

/** The rows to show of a region: all where it was asked, else those that are no guesses. */
export function listKnown(view: Pick<CloudView, 'imageHost' | 'capabilities'>): CapabilityRow[] {
  const rows = listCapabilities(view.capabilities)
  return isAsked(view) ? rows : rows.filter(({ source }) => source !== 'unknown')
}

/** Whether the cloud refuses a member that is no project; Glance takes any text (measured), IMS looks it up. */
export function checksProjectIds({ sharing }: Pick<Capabilities, 'sharing'>): boolean {
  return sharing.value === 'batch'
}

/**
 * What may be said of an image that is offered and not accepted: it can be used, its vendor states so, it can't be used, or
 * nobody knows.
 */
export type PendingAccess = 'usable' | 'stated' | 'not_usable' | 'unknown'

/** The words that fit what is known of use before accepting; nothing known of the cloud is "unknown" too. */
export function pendingAccess(
  capability: Capability<CapabilityValues['pending_access']> | null,
): PendingAccess {
  if (!capability || capability.source === 'unknown') return 'unknown'
  if (capability.value === 'not_usable') return 'not_usable'
  return capability.source === 'stated' ? 'stated' : 'usable'
}
