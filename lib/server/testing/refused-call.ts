import 'server-only'
import type { Clock } from '../clock'
import { CloudError } from '../cloud/cloud-error'
import { type CloudRequest, createCloudHttp } from '../cloud/cloud-http'
import { type Script, startScripted } from './scripted-server'

const methods = { read: 'GET', write: 'POST', once: 'POST' } as const

/** Sends one call to a server that follows a script. No wait takes time; each is noted, and chance is the middle. */
export async function ask(script: Script, retry: CloudRequest['retry'], more: Partial<CloudRequest> = {}) {
  const server = await startScripted(script)
  const waits: number[] = []
  const clock: Clock = {
    now: () => Date.UTC(2026, 10, 20, 12),
    sleep: async (ms) => {
      waits.push(ms)
    },
  }
  const chance = { uuid: () => '', bytes: Buffer.alloc, jitterMs: (max: number) => max / 2 }
  const http = createCloudHttp({ ca: null }, { clock, chance })
  const answer = await http
    .send({ method: methods[retry], url: `${server.url}/v1/cloudimages/members`, retry, ...more })
    .catch((thrown: unknown) => thrown)
  await server.stop()
  await http.close()
  return { answer, calls: server.requests.length, waits }
}

/** The same, for a call that ends with a refusal. */
export async function refusal(
  script: Script,
  retry: CloudRequest['retry'],
  more: Partial<CloudRequest> = {},
): Promise<{ error: CloudError; calls: number; waits: number[] }> {
  const { answer, calls, waits } = await ask(script, retry, more)
  if (!(answer instanceof CloudError)) throw new Error(`no CloudError: ${String(answer)}`)
  return { error: answer, calls, waits }
}

/** A refusal as IMS words it, and as the gateway in front of it and IAM do. */
export const ims = (code: string) => ({ error: { code, message: 'Text of the cloud for alice.' } })
export const gateway = (code: string) => ({
  error_code: code,
  error_msg: 'Text for alice.',
  request_id: 'a1b2c3',
})
