'use client'
import clsx from 'clsx'
import { CircleCheck } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Skeleton } from '@/components/feedback/skeleton'
import type { AuditFindings, FindingKind } from '@/lib/contracts/audits'
import { findingKinds } from '@/lib/contracts/audits'
import type { Scope } from '@/lib/contracts/scope'
import { useFindingName } from './finding-words'
import { FindingsNotChecked } from './findings-not-checked'

interface FindingsStripProps {
  scope: Scope
  findings: AuditFindings | undefined
  /** The audit is under way: what is found so far may not be all. */
  isReading: boolean
  selected: FindingKind | null
  onSelect: (kind: FindingKind | null) => void
}

const tileClass = 'flex flex-col justify-center px-4 py-3 text-left -outline-offset-2 md:first:pl-6'

/** What looks wrong, as counts; one of them at a time narrows the rows to its own. */
export function FindingsStrip({ scope, findings, isReading, selected, onSelect }: FindingsStripProps) {
  const t = useTranslations('auditReview.strip')
  const nameOf = useFindingName(scope)
  const ref = useRef<HTMLElement>(null)
  const [isAsking, setAsking] = useState(false)
  const isHere = findings !== undefined

  // A finding named by the address may stand beyond the edge of the strip, which scrolls apart from React.
  useEffect(() => {
    const strip = ref.current
    const tile = strip?.querySelector<HTMLElement>('[aria-pressed=true]')
    if (!isHere || selected === null || !strip || !tile) return
    const covered = strip.querySelector<HTMLElement>('[aria-haspopup]')?.offsetWidth ?? 0
    const isInView =
      tile.offsetLeft >= strip.scrollLeft &&
      tile.offsetLeft + tile.offsetWidth <= strip.scrollLeft + strip.clientWidth - covered
    if (!isInView) strip.scrollLeft = tile.offsetLeft - 16
  }, [isHere, selected])

  const skipped = findings?.notChecked ?? []
  return (
    <section
      ref={ref}
      aria-label={t('label')}
      aria-busy={findings === undefined || undefined}
      className="relative flex min-h-18 overflow-x-auto border-line border-b bg-canvas [scrollbar-width:thin] md:scroll-pr-32"
    >
      {findings === undefined ? (
        <Waiting isReading={isReading} />
      ) : (
        <>
          {findings.findings.length === 0 && (
            <Nothing isReading={isReading} lookedFor={findingKinds.length - skipped.length} />
          )}
          {findings.findings.map(({ kind, rows }) => (
            <button
              key={kind}
              type="button"
              aria-pressed={kind === selected}
              onClick={() => onSelect(kind === selected ? null : kind)}
              className={clsx(
                tileClass,
                'flex-[1_0_auto] border-line border-r transition-colors last:border-r-0',
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
                'ml-auto flex-none border-line border-l bg-canvas text-ink-3 hover:bg-hover hover:text-ink md:sticky md:right-0',
                // What scrolls away below it fades, so that it does not look cut.
                'md:before:pointer-events-none md:before:absolute md:before:inset-y-0 md:before:right-full md:before:w-10 md:before:bg-linear-to-l md:before:from-canvas md:before:content-[""]',
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

function Nothing({ isReading, lookedFor }: { isReading: boolean; lookedFor: number }) {
  const t = useTranslations('auditReview.strip')
  if (isReading) return <Waiting isReading />
  return (
    <p className="flex items-center gap-3 px-4 py-3 md:px-6">
      <CircleCheck className="size-5 flex-none text-accepted-ink" />
      <span>
        <span className="block font-semibold text-ink">{t('none')}</span>
        <span className="text-ink-2 text-sm">{t('noneOf', { count: lookedFor })}</span>
      </span>
    </p>
  )
}

const stands = ['w-24', 'w-28', 'w-20', 'w-32', 'w-24']

/** The strip in its final shape, so that nothing moves when the counts come. */
function Waiting({ isReading }: { isReading: boolean }) {
  const t = useTranslations('auditReview.strip')
  if (isReading) return <p className="self-center px-4 py-3 text-ink-2 md:px-6">{t('reading')}</p>
  return (
    <>
      <span className="sr-only">{t('loading')}</span>
      {stands.map((width, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: stand-ins have no identity.
        <span key={index} className={clsx(tileClass, 'flex-1 gap-2 border-line border-r last:border-r-0')}>
          <Skeleton className="h-4 w-8" />
          <Skeleton className={clsx('h-3', width)} />
        </span>
      ))}
    </>
  )
}
