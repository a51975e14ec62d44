import type { ProjectRef } from './scope'

export const signInMethods = ['password', 'application_credential', 'token'] as const
export type SignInMethod = (typeof signInMethods)[number]

/** A sign-in is done, or goes on with a one-time code; `step` names what the server keeps of it. */
export type SignInProgress = { state: 'signed_in'; next: string } | { state: 'passcode'; step: string }

/** How a cloud names people: user and domain, or user and account, with a project per region (Huawei family). */
export type CloudNaming = 'keystone' | 'account'

/** What the browser may know of its session. */
export interface SessionView {
  cloud: string
  cloudLabel: string
  user: { id: string; name: string; domainName: string }
  projects: ProjectRef[]
  regions: string[]
  /** Where the person was last, if it still is one of the projects. */
  lastScope: { region: string; project: string } | null
  /** Whether it can change nothing: by choice, or because all its roles that are known only read. */
  readOnly: boolean
  /** Chosen at sign-in; kept when the session is renewed. */
  isReadOnlyByChoice: boolean
  /** Audits of this session that read at this moment: signing out asks what shall become of them. */
  runningAudits: number
  /** What the roles in a project allow, of those that were entered. */
  rights: Readonly<Record<string, 'read' | 'write'>>
  /** How this session was begun; signing in again over a page asks for the same. */
  method: SignInMethod
  /** Whether a one-time code belongs to the same request as the password, because the cloud never asks for it. */
  asksCodeAtOnce: boolean
  /** Whether another project can be entered without signing in for it. False: the project of the sign-in is the only one. */
  canRescope: boolean
  /** Milliseconds left until the session ends for good; never later than the token. */
  endsInMs: number
  /** Milliseconds left until it ends for lack of use. */
  idleEndsInMs: number
  /** Why the cloud list of projects may be incomplete. */
  projectsTruncated: boolean
}

/**
 * Whether nothing can be changed in a project, as far as it shows before asking. Where the session does not know the roles
 * yet, `right` is what is known of them otherwise, or those in the other projects say what to expect; the server refuses in
 * any case.
 */
export const isReadOnlyIn = (
  { readOnly, isReadOnlyByChoice, rights }: Pick<SessionView, 'readOnly' | 'isReadOnlyByChoice' | 'rights'>,
  project: string | undefined,
  right: 'read' | 'write' = readOnly ? 'read' : 'write',
): boolean => isReadOnlyByChoice || ((project !== undefined && rights[project]) || right) === 'read'

/** What the sign-in page needs before anybody is known. */
export interface SignInOptions {
  clouds: { name: string; label: string; naming: CloudNaming; regions: string[]; defaultDomain: string }[]
}
