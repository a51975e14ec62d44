import { openStream } from '@/lib/server/gate'
import { openLiveStream } from '@/lib/server/services/live'

export async function GET(request: Request): Promise<Response> {
  const ctx = await openStream(request)
  if (ctx instanceof Response) return ctx
  return new Response(openLiveStream(ctx), {
    headers: { 'content-type': 'text/event-stream; charset=utf-8', 'x-accel-buffering': 'no' },
  })
}
