import { benchAudit } from './audit.ts'
import { benchLargeAudit } from './audit-large.ts'
import { benchShare } from './share.ts'

// npm run bench: all parts one after the other, or those named behind `--`.

const parts = { share: benchShare, audit: benchAudit, 'audit-large': benchLargeAudit }

const wanted = process.argv.slice(2)
for (const [name, run] of Object.entries(parts)) {
  if (wanted.length === 0 || wanted.includes(name)) await run()
}
