import { expect, test } from 'vitest'
import { startFakeCloud } from '../testing/fake-cloud'
import { hastyHttp } from '../testing/image-access'
import { jobWorld } from '../testing/job-world'
import { stores } from '../testing/stores'
import { jobNow } from '../testing/test-jobs'
test('x', async () => {
  const fake = await startFakeCloud()
  const http = hastyHttp()
  for (let round = 0; round < 40; round++) {
  const place = await stores[1]!.open()
  const store = place.store
    const world = await jobWorld(fake, http, store, { images: 6, projects: 8 })
    const { id } = await world.store()
    const log: string[] = []
    const t0 = performance.now()
    const db = new Proxy(store.db, { get(target, name) {
      if (name !== 'execute') return Reflect.get(target, name)
      return async (q: any) => {
        const text = JSON.stringify(q.queryChunks)
        const kind = text.includes("set state = 'running'") ? 'T' : text.includes('jsonb_to_recordset') ? 'R' : text.includes('select seq, image') ? 'I' : '?'
        const n = log.push(`${kind} start ${(performance.now()-t0).toFixed(1)}`)
        try { const r = await target.execute(q) as any
        log.push(`${kind}${n} end ${(performance.now()-t0).toFixed(1)} ${JSON.stringify(kind === 'R' ? r.rows : r.rows.map((x: any) => x.seq))}`)
        return r } catch (e: any) { log.push(`${kind}${n} ERR ${e.message} ${e.cause?.message}`); throw e }
      }
    } })
    await world.run(id, { through: { ...store, db } })
    const { counts, items } = await jobNow(store, id)
    if (counts.done !== 48) { await place.close(); console.log(round, JSON.stringify(counts), items.map(i=>i.state[0]).join(''), log.join('\n')); break }
 await place.close()
  }
  await http.close(); await fake.stop()
  expect(1).toBe(1)
}, 60000)
