import type { ReactNode } from 'react'

export function TabContent({ label, count }: { label: string; count?: ReactNode }) {
  return (
    <>
      {label}
      {count !== undefined && <span className="font-normal text-ink-3"> {count}</span>}
    </>
  )
}
