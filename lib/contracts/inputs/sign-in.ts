import { z } from 'zod'

/** Keystone drops the connection on a NUL byte and on lone surrogates, so we refuse them ourselves. */
const Text = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .refine((text) => !text.includes('\0') && text.isWellFormed())

export const SignInInput = z.object({
  cloud: Text(64),
  domain: Text(255),
  user: Text(255),
  password: Text(4096),
  next: z.string().max(2048).optional(),
})
export type SignInInput = z.infer<typeof SignInInput>

/** Sign in again over a page whose token died: the user that page belongs to, so only the password is asked. */
export const RenewInput = z.object({ cloud: Text(64), userId: Text(64), password: Text(4096) })

export const SignOutInput = z.object({ runningJobs: z.enum(['pause', 'finish']).default('pause') })
