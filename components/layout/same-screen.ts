import type { Scope } from '@/lib/contracts/scope'
import { paths } from '@/lib/paths'

/**
 * The address of the screen at `pathname`, seen from another project. A page about one image leads to the list it came
 * from. Null for screens that show all projects at once and stay where they are.
 */
export function sameScreen(pathname: string, scope: Scope): string | null {
  const [first, , , screen] = pathname.split('/').slice(1)
  if (first === 'jobs') return null
  if (first === 'incoming') return paths.incoming(scope)
  return screen === 'share' ? paths.share(scope) : paths.images(scope)
}
