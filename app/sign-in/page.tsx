import type { Metadata } from 'next'
import { Words } from '@/components/layout/words'
import { english } from '@/lib/messages/messages'
import { signInPage } from '@/lib/server/gate'
import { signInOptions } from '@/lib/server/services/sessions'
import { SignInView } from './sign-in-view'

export const metadata: Metadata = { title: 'Sign in' }

export default async function SignInPage({
  searchParams,
}: {
  searchParams: Promise<{ next?: string; reason?: string }>
}) {
  const { next, reason } = await searchParams
  const options = await signInPage(signInOptions)
  return (
    <Words words={{ signIn: english.signIn }}>
      <SignInView
        options={options}
        next={next}
        reason={reason === 'signed_out' || reason === 'expired' ? reason : undefined}
      />
    </Words>
  )
}
