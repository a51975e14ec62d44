import type { SignInMethod } from '@/lib/contracts/session'

/** The fields a person has to fill, by method, in their order. */
export const requiredFields = {
  password: ['domain', 'user', 'password'],
  application_credential: ['id', 'secret'],
  token: ['token'],
} as const satisfies Record<SignInMethod, readonly string[]>

export type SignInField = (typeof requiredFields)[SignInMethod][number] | 'passcode' | 'project'

/** What somebody who is known already has to give again, by method. */
export const secretsOf = {
  password: ['password'],
  application_credential: ['id', 'secret'],
  token: ['token'],
} as const satisfies Record<SignInMethod, readonly SignInField[]>

/** Secrets are taken as they were typed; blanks round names are never meant. */
const secrets: ReadonlySet<string> = new Set<SignInField>(['password', 'secret'])

/** What stands in a field of a form; empty for one that is not there. */
export function valueIn(form: HTMLFormElement, name: SignInField | 'cloud'): string {
  const text = String(new FormData(form).get(name) ?? '')
  return secrets.has(name) ? text : text.trim()
}

/** What stands in a field that may be left empty. */
export const optionalIn = (form: HTMLFormElement, name: SignInField) => valueIn(form, name) || undefined

/** Which of these fields are empty. */
export const emptyIn = <Name extends SignInField>(form: HTMLFormElement, names: readonly Name[]): Name[] =>
  names.filter((name) => valueIn(form, name) === '')

/** Puts the cursor into a field, and chooses what stands there, so that typing replaces it. */
export function focusField(form: HTMLFormElement, name: SignInField): void {
  const field = form.querySelector<HTMLInputElement>(`[name=${name}]:not(:disabled)`)
  field?.focus()
  field?.select()
}
