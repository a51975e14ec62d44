import 'server-only'
import type { FakeCloud, LedgerEntry } from './fake-cloud'

/** The batch calls that the fake cloud received, oldest first. */
export const batchCalls = (fake: FakeCloud): LedgerEntry[] =>
  fake.calls({ path: '^/v1/cloudimages/members$' })

/** How often each pair was changed, by whatever call. */
export function changesPerPair(fake: FakeCloud): number[] {
  const changes = new Map<string, number>()
  for (const [image, project] of fake.calls().flatMap((call) => call.changedPairs)) {
    const pair = `${image} ${project}`
    changes.set(pair, (changes.get(pair) ?? 0) + 1)
  }
  return [...changes.values()]
}

/** How IMS says no. */
export const imsRefusal = (code: string, status = 400) => ({
  kind: 'answer' as const,
  status,
  body: JSON.stringify({ error: { code, message: 'no' } }),
})
