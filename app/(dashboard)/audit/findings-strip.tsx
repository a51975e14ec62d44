'use client'
import clsx from 'clsx'
import { CircleCheck } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Skeleton } from '@/components/feedback/skeleton'
import type { AuditFindings, AuditSummary, FindingKind } from '@/lib/contracts/audits'
import { findingKinds, isAuditOver } from '@/lib/contracts/audits'
import type { Scope } from '@/lib/contracts/scope'
import { isAuditWhole } from './audit-whole'
import { useFindingName } from './finding-words'
import { FindingsNotChecked } from './findings-not-checked'

interface FindingsStripProps {
  scope: Scope
  findings: AuditFindings | undefined
  audit: AuditSummary
  selected: FindingKind | null
  onSelect: (kind: FindingKind | null, isByKey: boolean) => void
}

// Each tile draws its own right and lower edge; the last row's lie on the edge of the strip.
const tileClass =
  'flex flex-col justify-center border-line border-r border-b px-4 py-3 text-left -outline-offset-2'

/** What looks wrong, as counts; one of them at a time narrows the rows to its own. */
export function FindingsStrip(props: FindingsStripProps) {
  const { scope, findings, audit, selected, onSelect } = props
  const t = useTranslations('auditReview.strip')
  const nameOf = useFindingName(scope)
  const ref = useRef<HTMLElement>(null)
  const [isAsking, setAsking] = useState(false)
  const isHere = findings !== undefined

  // On a phone a finding named by the address may stand beyond the edge of the strip, which scrolls apart from React.
  useEffect(() => {
    const strip = ref.current
    const tile = strip?.querySelector<HTMLElement>('[aria-pressed=true]')
    if (!isHere || selected === null || !strip || !tile) return
    const isInView =
      tile.offsetLeft >= strip.scrollLeft &&
      tile.offsetLeft + tile.offsetWidth <= strip.scrollLeft + strip.clientWidth
    if (!isInView) strip.scrollLeft = tile.offsetLeft - 16
  }, [isHere, selected])

  const skipped = findings?.notChecked ?? []
  return (
    <section
      ref={ref}
      aria-label={t('label')}
      aria-busy={findings === undefined || undefined}
      // On a wide screen every finding is in view, in as many lines as that takes.
      className="relative flex min-h-18 overflow-x-auto bg-canvas shadow-[inset_0_-1px_0_var(--line)] [scrollbar-width:thin] md:flex-wrap md:pl-2"
    >
      {findings === undefined ? (
        <Waiting audit={audit} />
      ) : (
        <>
          {findings.findings.length === 0 && (
            <Nothing isWhole={isAuditWhole(audit)} lookedFor={findingKinds.length - skipped.length} />
          )}
          {findings.findings.map(({ kind, rows }) => (
            <button
              key={kind}
              type="button"
              aria-pressed={kind === selected}
              // A click that no pointer made has no count.
              onClick={({ detail }) => onSelect(kind === selected ? null : kind, detail === 0)}
              className={clsx(
                tileClass,
                'flex-[1_0_auto] transition-colors',
                kind === selected
                  ? 'bg-surface shadow-[inset_0_-2px_0_var(--ink)]'
                  : 'text-ink-2 hover:bg-hover hover:text-ink',
              )}
            >
              <Count value={rows.length} />
              <span className="whitespace-nowrap text-sm">{nameOf(kind)}</span>
            </button>
          ))}
          {skipped.length > 0 && (
            <button
              type="button"
              aria-haspopup="dialog"
              title={t('showNotChecked')}
              onClick={() => setAsking(true)}
              className={clsx(
                tileClass,
                'ml-auto flex-[1_0_auto] text-ink-3 transition-colors hover:bg-hover hover:text-ink',
              )}
            >
              <span className="font-medium text-xl tabular-nums">{skipped.length}</span>
              <span className="whitespace-nowrap text-sm underline decoration-dotted underline-offset-2">
                {t('notChecked')}
              </span>
            </button>
          )}
        </>
      )}
      {!!isAsking && <FindingsNotChecked {...{ scope, skipped, nameOf }} onClose={() => setAsking(false)} />}
    </section>
  )
}

function Count({ value }: { value: number }) {
  return (
    <span className="font-semibold text-ink text-xl tabular-nums">
      {new Intl.NumberFormat('en').format(value)}
    </span>
  )
}

function Nothing({ isWhole, lookedFor }: { isWhole: boolean; lookedFor: number }) {
  const t = useTranslations('auditReview.strip')
  return (
    <p className="flex grow-99 items-center gap-3 border-line border-r border-b px-4 py-3">
      {!!isWhole && <CircleCheck className="size-5 flex-none text-accepted-ink" />}
      <span>
        <span className="block font-semibold text-ink">{t(isWhole ? 'none' : 'noneRead')}</span>
        <span className="text-ink-2 text-sm">{t('noneOf', { count: lookedFor })}</span>
      </span>
    </p>
  )
}

const stands = ['w-24', 'w-28', 'w-20', 'w-32', 'w-24']
/** About as many findings as there are in most audits. */
const usualCounts = { cloud: 14, own: 5 }

/** The strip in about its final shape, so that little moves when the counts come. */
function Waiting({ audit }: { audit: AuditSummary }) {
  const t = useTranslations('auditReview.strip')
  if (!isAuditOver(audit)) return <p className="self-center px-4 py-3 text-ink-2">{t('reading')}</p>
  return (
    <>
      <span className="sr-only">{t('loading')}</span>
      {Array.from({ length: usualCounts[audit.reach] }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: stand-ins have no identity.
        <span key={index} className={clsx(tileClass, 'flex-[1_0_auto] gap-2 py-4')}>
          <Skeleton className="h-4 w-8" />
          <Skeleton className={clsx('h-3', stands[index % stands.length])} />
        </span>
      ))}
    </>
  )
}
