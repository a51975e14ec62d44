import type { ProjectRef } from './scope'

/** What the browser may know of its session. */
export interface SessionView {
  cloud: string
  cloudLabel: string
  user: { id: string; name: string; domainName: string }
  projects: ProjectRef[]
  regions: string[]
  /** Where the person was last, if it still is one of the projects. */
  lastScope: { region: string; project: string } | null
  readOnly: boolean
  /** Milliseconds left until the session ends for good; never later than the token. */
  endsInMs: number
  /** Milliseconds left until it ends for lack of use. */
  idleEndsInMs: number
  /** Why the cloud list of projects may be incomplete. */
  projectsTruncated: boolean
}

/** What the sign-in page needs before anybody is known. */
export interface SignInOptions {
  clouds: { name: string; label: string }[]
  defaultDomain: string
}
