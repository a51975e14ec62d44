import { readFileSync } from 'node:fs'

/** Resident memory of a process, in megabytes of a million bytes, from /proc (proc(5)). */
export function residentMb(pid: number): number {
  const kb = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  if (!kb) throw new Error(`/proc tells no resident memory of process ${pid}.`)
  return (Number(kb) * 1024) / 1e6
}
