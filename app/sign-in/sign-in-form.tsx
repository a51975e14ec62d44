'use client'
import { useState } from 'react'
import type { SignInOptions } from '@/lib/contracts/session'
import { CredentialsForm } from './credentials-form'
import { PasscodeForm } from './passcode-form'

interface SignInFormProps {
  options: SignInOptions
  next?: string
}

/** The way in: credentials, and a one-time code where the cloud asks for one. */
export function SignInForm({ options, next }: SignInFormProps) {
  const [step, setStep] = useState<string | null>(null)
  const [isOver, setOver] = useState(false)

  return (
    <>
      {/* Stays, hidden, so that what was typed is there when somebody comes back. */}
      <CredentialsForm
        options={options}
        next={next}
        isHidden={step !== null}
        isStepOver={isOver}
        onPasscode={(id) => {
          setOver(false)
          setStep(id)
        }}
      />
      {step !== null && (
        <PasscodeForm
          step={step}
          next={next}
          onBack={(over) => {
            setOver(over)
            setStep(null)
          }}
        />
      )}
    </>
  )
}
