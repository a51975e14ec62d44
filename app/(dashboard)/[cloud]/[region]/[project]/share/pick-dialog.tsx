'use client'
import { type ReactNode, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/checkbox'
import { Dialog } from '@/components/ui/dialog'
import { SearchField } from '@/components/ui/search-field'
import { UntrustedText } from '@/components/ui/untrusted-text'

/** More than these are found by searching. */
const shownItems = 200

export interface PickItem {
  id: string
  name: string
  /** Facts beside the id. */
  detail?: ReactNode
}

interface PickDialogProps {
  onClose: () => void
  title: string
  searchLabel: string
  listLabel: string
  /** What fits the search, best first. */
  find: (search: string) => readonly PickItem[]
  addLabel: (count: number) => string
  nothingTicked: string
  moreLabel: (count: number) => string
  /** Said when there is nothing at all, or nothing fits. */
  emptyLabel: (search: string) => string
  /** Above the list: what the list is, whether it is complete. */
  note?: ReactNode
  onAdd: (ids: string[]) => void
}

/** Picks several things from a list with a search. What is ticked stays ticked while one searches on. */
export function PickDialog(props: PickDialogProps) {
  const {
    onClose,
    title,
    searchLabel,
    listLabel,
    find,
    addLabel,
    nothingTicked,
    moreLabel,
    emptyLabel,
    note,
    onAdd,
  } = props
  const t = useTranslations('common')
  const [search, setSearch] = useState('')
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set())
  const items = find(search.trim())

  const toggle = (id: string) => {
    const next = new Set(ticked)
    if (!next.delete(id)) next.add(id)
    setTicked(next)
  }
  const add = () => {
    onAdd([...ticked])
    onClose()
  }

  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={title}
      closeLabel={t('close')}
      width="md"
      footer={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button variant="primary" disabledReason={ticked.size === 0 && nothingTicked} onClick={add}>
            {addLabel(ticked.size)}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <SearchField
          label={searchLabel}
          placeholder={searchLabel}
          clearLabel={t('clear')}
          value={search}
          onChange={setSearch}
        />
        {!!note && <div className="text-ink-3 text-sm">{note}</div>}
        {items.length === 0 ? (
          <p className="py-6 text-center">{emptyLabel(search.trim())}</p>
        ) : (
          <ul aria-label={listLabel} className="h-72 overflow-y-auto rounded-md border border-line">
            {items.slice(0, shownItems).map((item) => (
              <li key={item.id} className="border-line border-b px-3 py-1.5 last:border-b-0 hover:bg-hover">
                <Checkbox
                  checked={ticked.has(item.id)}
                  onChange={() => toggle(item.id)}
                  label={<PickLabel item={item} />}
                />
              </li>
            ))}
            {items.length > shownItems && (
              <li className="px-3 py-2 text-ink-3 text-sm">{moreLabel(items.length - shownItems)}</li>
            )}
          </ul>
        )}
      </div>
    </Dialog>
  )
}

function PickLabel({ item }: { item: PickItem }) {
  return (
    <>
      <UntrustedText text={item.name} className="font-medium text-ink" />
      <span className="flex flex-wrap gap-x-2 text-ink-3 text-sm">
        <span className="break-all font-mono text-xs leading-5">{item.id}</span>
        {item.detail}
      </span>
    </>
  )
}
