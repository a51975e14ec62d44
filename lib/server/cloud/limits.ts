import 'server-only'

/** Every bound on what we ask of a cloud and take from it, in one place. */
export const limits = {
  connections: 32,
  connectMs: 3_000,
  headersMs: 10_000,
  bodyIdleMs: 10_000,
  totalMs: 30_000,
  signInMs: 15_000,
  listMs: 60_000,
  bodyBytes: 8 * 1024 * 1024,
  /** Huawei tokens arrive in one header and reach 20 kB; Node's default is 16 kB. */
  headerBytes: 64 * 1024,
  attempts: 3,
  backoffMs: 200,
  /** Longer than this nobody waits in front of a page; the person is told instead. */
  patienceMs: 5_000,
  pageSize: 100,
  pages: 200,
  /** Parallel reads for one request of ours. */
  readsAtOnce: 8,
  /** Offers read per status before the list says that there are more. */
  offers: 2_000,
  /** Images whose members are read one by one for a token that sees the whole cloud. */
  wholeCloudImages: 1_000,
} as const

export type Limits = { readonly [name in keyof typeof limits]: number }
