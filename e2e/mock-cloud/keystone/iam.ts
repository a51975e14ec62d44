import type { Cloud } from '../cloud.ts'
import type { Reply } from '../http/call.ts'
import { stableId } from '../ids.ts'
import { answer } from './errors.ts'

/** Whether the identity service is the account based one of the IMS clouds. */
export function isIam(cloud: Cloud): boolean {
  return cloud.settings.identity === 'iam'
}

const TEXTS: Readonly<Record<string, [status: number, text: string]>> = {
  'IAM.0002': [403, 'You are not authorized to perform the requested action.'],
  'IAM.0011': [400, 'Request body is invalid.'],
  'IAM.0061': [401, 'Account locked.'],
  'IAM.0062': [401, 'Incorrect username or password.'],
  'IAM.0081': [403, 'The user is not allowed to access by programmatic means.'],
  'IAM.0082': [403, 'The user is disabled.'],
  'IAM.0083': [403, 'The region is not open to the user.'],
  'IAM.1061': [400, 'The verification code is wrong.'],
}

/** A refusal in the shape of its own that this service has for what carries a code. */
export function iamRefusal(code: string): Reply {
  const [status, text] = TEXTS[code] ?? [400, code]
  return answer(status, { error_code: code, error_msg: text })
}

/** Why a user may not sign in although the password is right. */
export const IAM_HINDRANCES = {
  console_only: 'IAM.0081',
  disabled: 'IAM.0082',
  region_closed: 'IAM.0083',
} as const
export type IamHindrance = keyof typeof IAM_HINDRANCES

/** What every project list of an account has besides: the project of the object storage, and the account as a project. */
export function builtInProjects(cloud: Cloud, domainId: string): object[] {
  const name = cloud.domains.get(domainId)?.name
  const common = { domain_id: domainId, parent_id: domainId, description: '', enabled: true }
  return [
    { id: stableId('MOS', domainId), name: 'MOS', is_domain: false, ...common },
    { id: domainId, name, is_domain: true, ...common },
  ]
}
