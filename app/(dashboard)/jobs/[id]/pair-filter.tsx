'use client'
import { useTranslations } from 'use-intl'
import { Select } from '@/components/ui/select'
import { type ItemState, itemStates, type JobView } from '@/lib/contracts/jobs'

interface PairFilterProps {
  job: JobView
  state: ItemState | 'all'
  onState: (state: ItemState | 'all') => void
}

/** Narrows the table of pairs to one state; each choice says how many there are. */
export function PairFilter({ job, state, onState }: PairFilterProps) {
  const t = useTranslations('job')
  const states = itemStates.filter((one) => one === state || job.counts[one] > 0)
  return (
    <Select
      label={t('table.filter')}
      isLabelHidden
      className="w-52"
      value={state}
      onChange={(event) => onState(itemStates.find((one) => one === event.target.value) ?? 'all')}
      options={[
        { value: 'all', label: t('table.all') },
        ...states.map((one) => ({
          value: one,
          label: t('table.option', { state: t(`cells.${one}`), count: job.counts[one] }),
        })),
      ]}
    />
  )
}
