import 'server-only'
import type { CloudView } from '../../contracts/clouds'
import type { Scope } from '../../contracts/scope'
import { CloudError } from '../cloud/cloud-error'
import type { SessionContext } from '../context'
import { Refusal } from '../refusal'
import { capabilitiesOf } from '../session/capabilities'
import { inProject } from '../session/in-project'
import { projectTokens } from '../session/token-rows'
import { memberLimit } from './member-limit'
import { homeScope } from './sessions'

/**
 * The session's cloud, region by region: what it can do and how that is known. A region that can't be entered is shown
 * with what is known without asking.
 */
export async function listClouds(ctx: SessionContext): Promise<CloudView[]> {
  const { runtime, session } = ctx
  const [home, tokens] = await Promise.all([homeScope(ctx), projectTokens(runtime.store, session.idHash)])
  return Promise.all(
    session.regions.map((region) => {
      const entered = tokens.find((row) => row.region === region)?.projectId
      // Where a project lies in one region, the home project says nothing about the others.
      const isHome = home !== null && (home.region === region || ctx.cloud.config.naming === 'keystone')
      const project = entered ?? (isHome ? home.project : undefined)
      return describe(ctx, region, project === undefined ? null : { cloud: session.cloud, region, project })
    }),
  )
}

async function describe(ctx: SessionContext, region: string, scope: Scope | null): Promise<CloudView> {
  if (scope === null) return describeFromOutside(ctx, region)
  try {
    return await inProject(ctx, scope, false, async (project) => ({
      ...(await describeFromOutside(ctx, region)),
      imageHost: new URL(project.access.endpoint).host,
      memberLimit: await memberLimit(project),
      roles: project.roles,
    }))
  } catch (error) {
    const isRefused = error instanceof CloudError || error instanceof Refusal
    if (!isRefused || error.code === 'unauthenticated') throw error
    return describeFromOutside(ctx, region)
  }
}

async function describeFromOutside(ctx: SessionContext, region: string): Promise<CloudView> {
  const { config } = ctx.cloud
  return {
    cloud: config.name,
    label: config.label,
    region,
    identityHost: new URL(config.authUrl).host,
    imageHost: '',
    capabilities: await capabilitiesOf(ctx.runtime, { config, region, access: null }),
    memberLimit: config.memberLimit,
    roles: [],
  }
}
