import { type Admin, createDomain, findDomain } from './admin.ts'

export interface Domain {
  id: string
  name: string
}

const DEFAULT = 'Default'

/** Finds the domain `Default` and creates others, with `suffix` behind the name, each once. */
export function domainMaker(admin: Admin, suffix: string) {
  const known = new Map<string, Domain>()
  return {
    /** The domain under this key; calls must not overlap. */
    async get(key = DEFAULT): Promise<Domain> {
      const present = known.get(key)
      if (present) return present
      const name = key === DEFAULT ? DEFAULT : key + suffix
      const id = key === DEFAULT ? await findDomain(admin, name) : await createDomain(admin, name)
      known.set(key, { id, name })
      return { id, name }
    },
    /** The ids of the domains it created. */
    made: () => [...known].filter(([key]) => key !== DEFAULT).map(([, { id }]) => id),
  }
}
