import 'server-only'
import type { Scope } from '../../contracts/scope'
import type { ProjectContext, SessionContext } from '../context'
import type { OpenContext } from '../gate'
import type { Runtime } from '../runtime'
import { scopeOfJob } from '../services/jobs'
import { signIn } from '../services/sessions-sign-in'
import { inProject } from '../session/in-project'
import { findSession } from '../session/session-rows'

/** A browser without a page: it holds one session id, as a cookie would. */
export interface TestBrowser extends OpenContext {
  sid: string | null
}

export function testBrowser(runtime: Runtime): TestBrowser {
  const browser: TestBrowser = {
    runtime,
    requestId: 'req-test',
    sid: null,
    async setCookie(sid) {
      browser.sid = sid
    },
  }
  return browser
}

/** Signs a user of the fake cloud in and answers what the gate would hand to a verb. */
export async function signedIn(
  runtime: Runtime,
  user: string,
  browser: TestBrowser = testBrowser(runtime),
): Promise<SessionContext> {
  await signIn(browser, {
    method: 'password',
    cloud: 'openstack',
    domain: 'Default',
    user,
    password: 'secret',
  })
  return contextOf(browser)
}

/** What the gate makes of the browser's session. Throws when it has none. */
export async function contextOf({ runtime, sid }: TestBrowser): Promise<SessionContext> {
  const session = sid === null ? null : await findSession(runtime.store, sid, runtime.clock.now())
  const cloud = session ? runtime.clouds.get(session.cloud) : undefined
  if (!session || !cloud) throw new Error('nobody is signed in')
  return { runtime, requestId: 'req-test', session, cloud }
}

export const scopeIn = (project: string): Scope => ({ cloud: 'openstack', region: 'north', project })

/** Runs a verb as the gate does for an action, in a project of the fake cloud. */
export function inTestProject<Output>(
  ctx: SessionContext,
  project: string,
  run: (ctx: ProjectContext) => Promise<Output>,
): Promise<Output> {
  return inProject(ctx, scopeIn(project), true, run)
}

/** Runs a verb on a job as the gate does: in the project it belongs to. */
export async function onJob<Input extends { id: string }, Output>(
  ctx: SessionContext,
  verb: (ctx: ProjectContext, input: Input) => Promise<Output>,
  input: Input,
): Promise<Output> {
  return inProject(ctx, await scopeOfJob(ctx, input), true, (project) => verb(project, input))
}
