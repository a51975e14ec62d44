import { redirect } from 'next/navigation'
import { paths } from '@/lib/paths'
import { requireSession } from '@/lib/server/gate'
import { homeScope } from '@/lib/server/services/sessions'

export default async function HomePage(): Promise<never> {
  const scope = await homeScope(await requireSession(paths.home()))
  redirect(scope ? paths.images(scope) : paths.jobs())
}
