'use client'
import { Download } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { Menu } from '@/components/ui/menu'
import { activityFormats } from '@/lib/contracts/activity'
import type { ActivityFilterInput } from '@/lib/contracts/inputs/activity'
import { api } from '@/lib/paths'

/** Saves what the filters leave, all of it, as a file. */
export function ExportMenu({ filter }: { filter: ActivityFilterInput }) {
  const t = useTranslations('activity')
  return (
    <Menu
      label={t('exportLabel')}
      variant="secondary"
      trigger={
        <>
          <Download className="size-4" />
          {t('exportMenu')}
        </>
      }
      items={activityFormats.map((format) => ({
        id: format,
        label: t(format),
        onSelect: () => save(api.activityFile({ ...filter, format })),
      }))}
    />
  )
}

/** As a click on a link would: the browser takes the file as it comes, and the page stays. */
function save(address: string): void {
  const link = document.createElement('a')
  link.href = address
  link.download = ''
  link.click()
}
