import { connection } from 'next/server'
import { isReady } from '@/lib/server/services/readiness'

/** Whether this replica should get requests: its database answers and it is not going down. */
export async function GET(): Promise<Response> {
  await connection()
  return (await isReady()) ? new Response('ok') : new Response('no', { status: 503 })
}
