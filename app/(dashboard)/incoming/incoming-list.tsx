'use client'
import clsx from 'clsx'
import { Folder } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { headerClass } from '@/components/table/columns'
import { TableRow } from '@/components/table/table-row'
import { useRowKeys } from '@/components/table/use-row-keys'
import type { RowSelection } from '@/components/table/use-selection'
import { Button } from '@/components/ui/button'
import { CopyText } from '@/components/ui/copy-text'
import { UntrustedText } from '@/components/ui/untrusted-text'
import { shortId } from '@/lib/util/format-id'
import type { Answer, OfferGroup } from '@/lib/util/offers'
import { plainUntrusted } from '@/lib/util/untrusted-text'
import { factColumns, type OfferRow, offerColumns } from './offer-columns'

/** Rows built at a time: an inbox can be flooded by its owners. */
const shownStep = 150

interface IncomingListProps {
  groups: readonly OfferGroup[]
  rowOf: (offer: OfferGroup['offers'][number]) => OfferRow
  selection: RowSelection
  openId: string | null
  isBusy: boolean
  /** No ticks, no answers. */
  isReadOnly: boolean
}

/** Offers under the project they come from. Each is ticked alone: nothing accepts "all". */
export function IncomingList({ groups, rowOf, selection, openId, isBusy, isReadOnly }: IncomingListProps) {
  const t = useTranslations('incoming')
  const columns = isReadOnly ? factColumns : offerColumns
  const tableRef = useRef<HTMLTableElement>(null)
  const [shown, setShown] = useState(shownStep)
  const offers = groups.flatMap((group) => group.offers).slice(0, shown)
  const total = groups.reduce((sum, group) => sum + group.offers.length, 0)
  const indexOf = new Map(offers.map((offer, index) => [offer.image.id, index]))

  const answered = useRef<{ id: string; by: 'key' | 'button' } | null>(null)

  const answer = (row: OfferRow, kind: Answer, by: 'key' | 'button') => {
    answered.current = { id: row.offer.image.id, by }
    row.onAnswer(kind)
  }
  // What the open card shows is what a key answers, or nothing.
  const answerByKey = (row: OfferRow, kind: Answer) => {
    if (openId === null || openId === row.offer.image.id) answer(row, kind, 'key')
  }
  const focusRow = (index: number) => {
    const row = tableRef.current?.querySelector<HTMLElement>(`tr[data-index="${index}"]`)
    row?.focus({ preventScroll: true })
    row?.scrollIntoView({ block: 'nearest' })
  }
  const at = (run: (row: OfferRow) => void) => (index: number) => {
    const offer = offers[index]
    if (offer) run(rowOf(offer))
  }
  const [cursor, setCursor] = useRowKeys({
    ids: offers.map((offer) => offer.image.id),
    isEnabled: true,
    focusRow: (index) => {
      focusRow(index)
      // The open card explains the row in hand.
      if (openId !== null) at((row) => row.onOpen())(index)
    },
    onOpen: at((row) => row.onOpen()),
    onSelect: isReadOnly ? undefined : at((row) => selection.toggle(row.offer.image.id)),
    keys: isReadOnly
      ? undefined
      : { a: at((row) => answerByKey(row, 'accept')), r: at((row) => answerByKey(row, 'reject')) },
  })

  // An answered row leaves the list, and the focus with it: it goes to the row that took its place. The card follows
  // the keys alone: under a second click it must not have become another offer.
  useEffect(() => {
    const gone = answered.current
    if (gone === null || indexOf.has(gone.id)) return
    answered.current = null
    if (cursor === null || document.activeElement !== document.body) return
    focusRow(cursor)
    if (gone.by === 'key' && openId === gone.id) at((row) => row.onOpen())(cursor)
  })

  return (
    <div className="@container">
      <table
        ref={tableRef}
        aria-label={t('list')}
        aria-busy={isBusy || undefined}
        className="w-full table-fixed border-separate border-spacing-0 @max-2xl:block"
      >
        <thead className="sticky top-0 z-20 bg-canvas @max-2xl:hidden [&_th]:border-line [&_th]:border-b">
          <tr>
            {!isReadOnly && (
              <th scope="col" className="w-14">
                <span className="sr-only">{t('columns.select')}</span>
              </th>
            )}
            {columns.map((column) => (
              <th key={column.key} scope="col" className={clsx(headerClass(column), !isReadOnly && '!pl-3')}>
                {t(`columns.${column.key}`)}
              </th>
            ))}
          </tr>
        </thead>
        {groups.map((group) => (
          <tbody key={group.owner} className="@max-2xl:block">
            <GroupRow group={group} width={columns.length + (isReadOnly ? 0 : 1)} />
            {group.offers.map((offer) => {
              const index = indexOf.get(offer.image.id)
              if (index === undefined) return null
              const plain = rowOf(offer)
              const row: OfferRow = { ...plain, onAnswer: (kind) => answer(plain, kind, 'button') }
              return (
                <TableRow
                  key={offer.image.id}
                  row={row}
                  index={index}
                  columns={columns}
                  isCursor={cursor === index || openId === offer.image.id}
                  tick={
                    isReadOnly
                      ? undefined
                      : {
                          label: t('selectLabel', { name: plainUntrusted(offer.image.name) }),
                          isOn: selection.ids.has(offer.image.id),
                          onToggle: () => selection.toggle(offer.image.id),
                        }
                  }
                  onOpen={row.onOpen}
                  onPress={() => setCursor(index)}
                />
              )
            })}
          </tbody>
        ))}
      </table>
      {total > shown && (
        <div className="flex justify-center py-4">
          <Button onClick={() => setShown(shown + shownStep)}>{t('more', { count: total - shown })}</Button>
        </div>
      )}
    </div>
  )
}

function GroupRow({ group, width }: { group: OfferGroup; width: number }) {
  const t = useTranslations('incoming')
  const tc = useTranslations('common')
  return (
    <tr className="@max-2xl:block">
      <th
        scope="rowgroup"
        colSpan={width}
        className="h-9 border-line border-b bg-sunken px-4 text-left font-normal text-ink-2 @max-2xl:block @max-2xl:py-2 @2xl:px-6"
      >
        <span className="flex min-w-0 flex-wrap items-center gap-x-2">
          <Folder className="size-4 flex-none text-ink-3" />
          {group.ownerName !== null && (
            <UntrustedText text={group.ownerName} className="font-semibold text-ink" />
          )}
          <CopyText
            text={group.owner}
            shown={group.ownerName === null ? undefined : shortId(group.owner)}
            label={tc('copy', { what: t('theOwnerId') })}
            copiedLabel={tc('copied')}
            className={group.ownerName === null ? '!text-ink' : undefined}
          />
          <span className="text-sm">{t('group', { count: group.offers.length })}</span>
        </span>
      </th>
    </tr>
  )
}
