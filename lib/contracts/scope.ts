/** Where a request acts. It is part of every page address and every input, so that two tabs may stand in two projects. */
export interface Scope {
  /** Name of the cloud in our configuration. */
  cloud: string
  region: string
  /** Project id. */
  project: string
}

export interface ProjectRef {
  id: string
  name: string
  domainId: string
  enabled: boolean
}
