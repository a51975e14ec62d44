import type { AdminConnection } from './admin.ts'
import { PlainError } from './plain-error.ts'

/** A connection as the variables that OpenStack clients read, and GLANCE_URL for those who skip the catalogue. */
export function toEnvironment({ authUrl, imageUrl, region, admin }: AdminConnection): Record<string, string> {
  return withoutGaps({
    OS_AUTH_URL: authUrl,
    OS_IDENTITY_API_VERSION: '3',
    OS_REGION_NAME: region,
    OS_USERNAME: admin.username,
    OS_PASSWORD: admin.password,
    OS_USER_DOMAIN_NAME: admin.userDomain ?? 'Default',
    OS_PROJECT_NAME: admin.project,
    OS_PROJECT_DOMAIN_NAME: admin.projectDomain ?? 'Default',
    GLANCE_URL: imageUrl,
  })
}

/** The admin connection that `toEnvironment` wrote, or that a person set; throws a sentence when one is missing. */
export function fromEnvironment(env: Record<string, string | undefined>): AdminConnection {
  const need = (name: string) => {
    const value = env[name]
    if (!value)
      throw new PlainError(`Set ${name}: a real cloud is reached by OS_AUTH_URL, OS_USERNAME, OS_PASSWORD, \
OS_PROJECT_NAME of an admin, and OS_REGION_NAME where there are several.`)
    return value
  }
  return {
    authUrl: need('OS_AUTH_URL').replace(/\/+$/, ''),
    imageUrl: env.GLANCE_URL,
    region: env.OS_REGION_NAME,
    admin: {
      username: need('OS_USERNAME'),
      password: need('OS_PASSWORD'),
      userDomain: env.OS_USER_DOMAIN_NAME,
      project: need('OS_PROJECT_NAME'),
      projectDomain: env.OS_PROJECT_DOMAIN_NAME,
    },
  }
}

function withoutGaps(values: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
}
