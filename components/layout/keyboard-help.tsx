'use client'
import { useTranslations } from 'use-intl'
import { Dialog } from '@/components/ui/dialog'
import { setSingleKeys, useSingleKeys } from '@/components/ui/single-keys'
import { Switch } from '@/components/ui/switch'

const keys = [
  ['?', 'help'],
  ['/', 'search'],
  ['j k', 'move'],
  ['x', 'select'],
  ['Shift x', 'range'],
  ['Enter', 'open'],
  ['s', 'share'],
  ['a', 'accept'],
  ['r', 'reject'],
  ['Esc', 'escape'],
] as const
const writing: readonly string[] = ['share', 'accept', 'reject']

interface KeyboardHelpProps {
  isOpen: boolean
  /** Nothing can be changed here: the keys that would are left out. */
  isReadOnly: boolean
  onClose: () => void
}

/** Every key there is, and the switch that turns the single ones off. */
export function KeyboardHelp({ isOpen, isReadOnly, onClose }: KeyboardHelpProps) {
  const t = useTranslations('common')
  const areOn = useSingleKeys()
  const shown = keys.filter(([, name]) => !isReadOnly || !writing.includes(name))
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={t('keys.title')} closeLabel={t('close')} isLightDismiss>
      <p className="mb-3">{t('keys.body')}</p>
      <table className="w-full text-left">
        <thead className="sr-only">
          <tr>
            <th scope="col">{t('keys.key')}</th>
            <th scope="col">{t('keys.does')}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map(([combination, name]) => (
            <tr key={combination}>
              <th scope="row" className="w-24 py-1 font-normal">
                {combination.split(' ').map((key) => (
                  <kbd
                    key={key}
                    className="mr-1 rounded-sm border border-line-strong bg-surface px-1.5 py-px font-mono text-ink text-sm"
                  >
                    {key}
                  </kbd>
                ))}
              </th>
              <td>{t(`keys.${name}`)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <Switch
        className="mt-4 border-line border-t pt-4"
        label={t('keys.toggle')}
        checked={areOn}
        onChange={(event) => setSingleKeys(event.target.checked)}
      />
    </Dialog>
  )
}
