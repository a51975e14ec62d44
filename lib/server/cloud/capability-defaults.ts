import 'server-only'
import type { CapabilityKey, CapabilitySource, CapabilityValues } from '../../contracts/clouds'
import type { CloudConfig } from './clouds'
import { glanceFamily } from './family'

export type Assumed = { [Key in CapabilityKey]: { value: CapabilityValues[Key]; source: CapabilitySource } }

/** What kind of image service it is, as far as that is known. */
export type CloudKind = 'glance' | 'old_glance' | 'ims' | 'unknown'

/**
 * What is taken for true before anybody has found out more: measured on Keystone 22 and Glance 25, stated by OTC and
 * Huawei (IMS API reference) or by NTT (ECL 2.0 API reference), or unknown, which means: what is tried first.
 */
export function assumed(kind: CloudKind, { naming }: Pick<CloudConfig, 'naming'>): Assumed {
  // A cloud with a Glance of before 2.5 has a Keystone of its age, which nobody has measured.
  const keystone = kind === 'old_glance' ? 'unknown' : 'measured'
  const identity = {
    // Huawei documents no exchange of tokens; Keystone does it.
    rescoping: { value: 'yes', source: naming === 'account' ? 'unknown' : keystone },
    project_names: { value: 'own', source: naming === 'account' ? 'stated' : keystone },
  } as const
  const jobs = { job_endpoint: { value: 'project', source: kind === 'ims' ? 'stated' : 'unknown' } } as const
  if (kind === 'ims') {
    return {
      ...identity,
      ...jobs,
      sharing: { value: 'batch', source: 'unknown' },
      image_list: { value: 'cloudimages', source: 'unknown' },
      visibility_model: { value: 'any', source: 'stated' },
      hashes: { value: 'no', source: 'stated' },
      answer_undo: { value: 'no', source: 'stated' },
      pending_access: { value: 'usable', source: 'unknown' },
    }
  }
  const source = { glance: 'measured', old_glance: 'unknown', unknown: 'unknown' } as const
  return {
    ...identity,
    ...jobs,
    sharing: { value: glanceFamily.sharing, source: 'unknown' },
    image_list: { value: glanceFamily.image_list, source: 'unknown' },
    visibility_model: { value: glanceFamily.visibility_model, source: 'unknown' },
    hashes: { value: 'yes', source: source[kind] },
    answer_undo: { value: 'yes', source: kind === 'old_glance' ? 'stated' : source[kind] },
    pending_access: { value: 'usable', source: source[kind] },
  }
}
