import { z } from 'zod'
import { ScopeInput } from './scope'

/** Keystone drops the connection on a NUL byte and on lone surrogates, so we refuse them ourselves. */
const Text = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .refine((text) => !text.includes('\0') && text.isWellFormed())

/** Six digits, as authenticator apps show them; blanks between them are forgiven. */
const Passcode = z
  .string()
  .transform((text) => text.replaceAll(/\s/g, ''))
  .pipe(z.string().regex(/^\d{6}$/))

/** A pasted token goes into a header, so it is printable ASCII without blanks. Huawei's reach 20 kB. */
const TokenText = z
  .string()
  .trim()
  .min(16)
  .max(40_000)
  .regex(/^[\x21-\x7e]+$/)

const Cloud = z.object({
  cloud: Text(64),
  /** This session shall change nothing, whatever the roles allow. */
  readOnly: z.boolean().optional(),
})
const Next = z.object({ next: z.string().max(2048).optional() })

const PasswordInput = Cloud.extend({
  method: z.literal('password'),
  domain: Text(255),
  user: Text(255),
  password: Text(4096),
  /** For clouds that take it in the same request; others ask for it in a second step. */
  passcode: Passcode.optional(),
  /** The project or region to sign in to, on clouds whose tokens always belong to one. */
  project: Text(64).optional(),
})
const ApplicationCredentialInput = Cloud.extend({
  method: z.literal('application_credential'),
  id: Text(64),
  secret: Text(4096),
})
const PastedTokenInput = Cloud.extend({ method: z.literal('token'), token: TokenText })
/** The second step: what the first one sent is kept by the server under `step`. */
const PasscodeInput = z.object({ method: z.literal('passcode'), step: z.uuid(), passcode: Passcode })

export const SignInInput = z.discriminatedUnion('method', [
  PasswordInput.extend(Next.shape),
  ApplicationCredentialInput.extend(Next.shape),
  PastedTokenInput.extend(Next.shape),
  PasscodeInput.extend(Next.shape),
])
export type SignInInput = z.infer<typeof SignInInput>

/** Sign in again over a page whose token died: the user that page belongs to, by the same method as before. */
export const RenewInput = z.discriminatedUnion('method', [
  PasswordInput.omit({ domain: true, user: true }).extend({ userId: Text(64) }),
  ApplicationCredentialInput.extend({ userId: Text(64) }),
  PastedTokenInput.extend({ userId: Text(64) }),
  PasscodeInput.extend({ userId: Text(64) }),
])

/** Enters one more project of a cloud that does not exchange tokens: the same user signs in for that project. */
export const EnterProjectInput = z.discriminatedUnion('method', [
  ScopeInput.extend({ method: z.literal('password'), password: Text(4096), passcode: Passcode.optional() }),
  ScopeInput.extend({ method: z.literal('token'), token: TokenText }),
])

export const SignOutInput = z.object({ runningJobs: z.enum(['pause', 'finish']).default('pause') })
