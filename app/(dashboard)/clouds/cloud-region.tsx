'use client'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { DataTable } from '@/components/table/data-table'
import { Badge } from '@/components/ui/badge'
import { UntrustedText } from '@/components/ui/untrusted-text'
import type { CloudView } from '@/lib/contracts/clouds'
import { isAsked, listKnown } from '@/lib/util/capability-list'
import { plainUntrusted } from '@/lib/util/untrusted-text'
import { capabilityColumns } from './capability-columns'
import { useCapabilityHeaders } from './use-capability-headers'

/** One region: which hosts it is, who one is there, and what it can do. */
export function CloudRegion({ view, isBusy }: { view: CloudView; isBusy: boolean }) {
  const t = useTranslations('clouds')
  const headers = useCapabilityHeaders()
  const region = plainUntrusted(view.region)
  const rows = listKnown(view)
  return (
    <section aria-label={t('region', { region })} className="pb-4">
      <div className="flex flex-wrap gap-x-10 gap-y-3 px-4 py-4 md:px-6">
        <h2 className="basis-full text-md">{t('region', { region })}</h2>
        <dl className="flex flex-wrap gap-x-10 gap-y-3">
          <Fact label={t('identityHost')}>
            <Host name={view.identityHost} />
          </Fact>
          <Fact label={t('imageHost')}>
            <Host name={view.imageHost} />
          </Fact>
          <Fact label={t('limit')}>
            {view.memberLimit === null ? (
              <span className="text-ink-3">{t('limitUnknown')}</span>
            ) : (
              t('limitKnown', { limit: view.memberLimit })
            )}
          </Fact>
          <Fact label={t('roles')}>
            {view.roles.length === 0 ? (
              <span className="text-ink-3">{t('noRoles')}</span>
            ) : (
              <span className="flex flex-wrap gap-1">
                {view.roles.map((role) => (
                  <Badge key={role}>
                    <UntrustedText text={role} max={40} />
                  </Badge>
                ))}
              </span>
            )}
          </Fact>
        </dl>
      </div>
      {!isAsked(view) && <p className="max-w-2xl px-4 pb-4 text-ink-2 md:px-6">{t('notAsked')}</p>}
      {rows.length > 0 && (
        <DataTable
          label={t('list', { region })}
          columns={capabilityColumns}
          headers={headers}
          rows={rows}
          rowId={({ key }) => key}
          areKeysOn={false}
          isBusy={isBusy}
        />
      )}
    </section>
  )
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-ink-3 text-sm">{label}</dt>
      <dd className="mt-0.5 break-words">{children}</dd>
    </div>
  )
}

function Host({ name }: { name: string }) {
  const t = useTranslations('clouds')
  if (name === '') return <span className="text-ink-3">{t('hostUnknown')}</span>
  return <UntrustedText text={name} className="break-all font-mono text-sm" />
}
