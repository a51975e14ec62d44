import type { Scope } from '@/lib/contracts/scope'
import { paths } from '@/lib/paths'

/**
 * The address of the screen at `pathname`, seen from another project. A page about one image leads to the list it came
 * from; a job of the cloud is looked up there by the id that `search` names. Null for screens that show all projects at
 * once and stay where they are.
 */
export function sameScreen(pathname: string, scope: Scope, search = ''): string | null {
  const [first, second, , screen] = pathname.split('/').slice(1)
  if (first === 'jobs' && second === 'cloud') {
    return paths.cloudJob(scope, new URLSearchParams(search).get('id') ?? '')
  }
  if (first === 'jobs' || first === 'activity' || first === 'clouds') return null
  if (first === 'audit') return paths.audit(scope)
  if (first === 'incoming') return paths.incoming(scope)
  return screen === 'share' ? paths.share(scope) : paths.images(scope)
}
