import 'server-only'
import type { Scope } from '../contracts/scope'
import type { ImageAccess } from './cloud/glance'
import type { CloudClient, Runtime } from './runtime'
import type { SessionRecord } from './session/session-rows'

/** Who asks, without a project. Made by the gate only. */
export interface SessionContext {
  runtime: Runtime
  session: SessionRecord
  cloud: CloudClient
  /** Our reference for this request; a person can quote it. */
  requestId: string
  signal?: AbortSignal
}

/** Who asks, in which project. After the gate only this counts, never a project id of the input. */
export interface ProjectContext extends SessionContext {
  scope: Scope
  project: { id: string; name: string; domainId: string }
  access: ImageAccess
  roles: string[]
  readOnly: boolean
  /** Whether this token is an administrator's, before whom the cloud hides nothing. */
  isAdmin: boolean
}
