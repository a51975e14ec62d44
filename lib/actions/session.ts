'use server'
import { ScopeInput } from '../contracts/inputs/scope'
import { EnterProjectInput, RenewInput, SignInInput, SignOutInput } from '../contracts/inputs/sign-in'
import { openAction, sessionAction } from '../server/gate'
import * as sessions from '../server/services/sessions'
import { enterProject as enter } from '../server/services/sessions-enter'
import { signIn as begin, renew } from '../server/services/sessions-sign-in'

export const signIn = openAction('session.begin', SignInInput, begin)
export const renewSession = openAction('session.renew', RenewInput, renew)
export const enterProject = sessionAction('session.enter', EnterProjectInput, enter)
export const signOut = openAction('session.end', SignOutInput, sessions.signOut)
export const rememberScope = sessionAction('session.remember', ScopeInput, sessions.rememberScope)
