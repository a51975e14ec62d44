'use client'
import { useId } from 'react'
import { useTranslations } from 'use-intl'
import { Notice } from '@/components/feedback/notice'
import { BrandMark } from '@/components/layout/brand-mark'
import type { SignInOptions } from '@/lib/contracts/session'
import { SignInForm } from './sign-in-form'
import { SignInPicture } from './sign-in-picture'

interface SignInViewProps {
  options: SignInOptions
  /** Where the person was going. */
  next?: string
  reason?: 'signed_out' | 'expired'
}

/** The door: what this is, and the form. */
export function SignInView({ options, next, reason }: SignInViewProps) {
  const t = useTranslations('signIn')
  const tc = useTranslations('common')
  const titleId = useId()
  const only = options.clouds.length === 1 ? options.clouds[0] : undefined
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-5xl flex-col justify-center gap-10 px-5 py-10 max-md:justify-start max-md:gap-6 md:flex-row md:items-center md:gap-20 md:px-10">
      <div className="flex min-w-0 flex-col gap-4 md:max-w-md md:flex-1">
        <p className="flex items-center gap-3 font-semibold text-xl">
          <BrandMark className="size-8" />
          {tc('product')}
        </p>
        <SignInPicture className="my-2 w-full max-md:hidden" />
        <p className="text-ink-2 text-md leading-6 max-md:hidden">{t('about')}</p>
        <p className="text-ink-3 max-md:hidden">{t('trust')}</p>
      </div>
      <section
        aria-labelledby={titleId}
        className="flex w-full flex-none flex-col gap-5 rounded-xl border border-line bg-surface p-6 md:w-96"
      >
        <div>
          <h1 id={titleId} className="text-xl">
            {t('title')}
          </h1>
          {!!only && <p className="text-ink-2">{t('to', { cloud: only.label })}</p>}
        </div>
        {!!reason && (
          <div role="status">
            <Notice>{t(`reasons.${reason}`)}</Notice>
          </div>
        )}
        {options.clouds.length === 0 ? (
          <Notice tone="warning">{t('noCloud')}</Notice>
        ) : (
          <SignInForm options={options} next={next} />
        )}
      </section>
      {/* On a phone the form comes first. */}
      <div className="flex flex-col gap-3 md:hidden">
        <p className="text-ink-2">{t('about')}</p>
        <p className="text-ink-3">{t('trust')}</p>
      </div>
    </main>
  )
}
