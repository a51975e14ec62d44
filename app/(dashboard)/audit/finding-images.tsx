'use client'
import { useTranslations } from 'use-intl'
import { Section } from '@/components/layout/section'
import { CopyText } from '@/components/ui/copy-text'
import { UntrustedText } from '@/components/ui/untrusted-text'
import type { AuditFindings, AuditProject, Finding } from '@/lib/contracts/audits'
import type { AuditData } from '@/lib/util/audit-data'

const shownImages = 20

interface FindingImagesProps {
  finding: Finding
  findings: AuditFindings
  data: AuditData
  projects: ReadonlyMap<string, AuditProject>
}

/** The images a finding is about as a whole; some of them have no member, and so no row in the table. */
export function FindingImages({ finding, findings, data, projects }: FindingImagesProps) {
  const t = useTranslations('auditReview')
  const tc = useTranslations('common')
  const ids = finding.rows.flatMap(([image, project]) =>
    project === null ? (findings.images[image] ?? []) : [],
  )
  if (ids.length === 0) return null
  return (
    <Section title={t('panel.images')}>
      <ul className="flex flex-col gap-2.5">
        {ids.slice(0, shownImages).map((id) => {
          const image = data.images[data.imageAt.get(id) ?? -1]
          const owner = image?.owner ?? null
          return (
            <li key={id} className="flex min-w-0 flex-col">
              <span className="font-semibold text-ink">
                {image === undefined || image.name === '' ? (
                  t('unnamed')
                ) : (
                  <UntrustedText text={image.name} max={64} />
                )}
              </span>
              {image !== undefined && (
                <span className="text-ink-2 text-sm">
                  {owner === null
                    ? t('panel.noOwner')
                    : t.rich('panel.owner', {
                        owner: () => (
                          <UntrustedText key="owner" text={projects.get(owner)?.name ?? owner} max={48} />
                        ),
                      })}
                </span>
              )}
              <CopyText text={id} label={tc('copy', { what: t('theId') })} copiedLabel={tc('copied')} />
            </li>
          )
        })}
      </ul>
      {ids.length > shownImages && (
        <p className="text-ink-3 text-sm">{t('panel.more', { count: ids.length - shownImages })}</p>
      )}
    </Section>
  )
}
