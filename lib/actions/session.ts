'use server'
import { ScopeInput } from '../contracts/inputs/scope'
import { RenewInput, SignInInput, SignOutInput } from '../contracts/inputs/sign-in'
import { action, openAction } from '../server/gate'
import * as sessions from '../server/services/sessions'

export const signIn = openAction('session.begin', SignInInput, sessions.signIn)
export const renewSession = openAction('session.renew', RenewInput, sessions.renew)
export const signOut = openAction('session.end', SignOutInput, sessions.signOut)
export const rememberScope = action('session.remember', ScopeInput, sessions.rememberScope)
