import { connection } from 'next/server'

/** Alive. No input, no output, no look at anything. */
export async function GET(): Promise<Response> {
  await connection()
  return new Response('ok')
}
