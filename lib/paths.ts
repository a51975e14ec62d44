import type { Scope } from './contracts/scope'

const scoped = ({ cloud, region, project }: Scope) =>
  `/${encodeURIComponent(cloud)}/${encodeURIComponent(region)}/${encodeURIComponent(project)}`

const query = (values: Record<string, string | undefined>) => {
  const given = Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined)
  return given.length === 0 ? '' : `?${new URLSearchParams(given)}`
}

/** Every route of the dashboard in one place. */
export const paths = {
  home: () => '/',
  signIn: (next?: string, reason?: 'signed_out' | 'expired') => `/sign-in${query({ next, reason })}`,
  images: (scope: Scope) => `${scoped(scope)}/images`,
  image: (scope: Scope, imageId: string) => `${scoped(scope)}/images/${encodeURIComponent(imageId)}`,
  share: (scope: Scope, imageIds: readonly string[] = []) =>
    `${scoped(scope)}/share${query({ images: imageIds.length > 0 ? imageIds.join(',') : undefined })}`,
  incoming: (scope?: Scope) => `/incoming${query({ ...scope })}`,
  jobs: () => '/jobs',
  job: (id: string) => `/jobs/${encodeURIComponent(id)}`,
  /** A job of the cloud's own, looked up by its id in the project that started it. */
  cloudJob: (scope: Scope, id: string) => `/jobs/cloud${query({ ...scope, id })}`,
  activity: () => '/activity',
  /** The audits seen from a project; `show` names one of them and how it is looked at. */
  audit: (scope?: Scope, show: Record<string, string | undefined> = {}) =>
    `/audit${query({ ...scope, ...show })}`,
  clouds: () => '/clouds',
}

const audit = (id: string) => `/api/audits/${encodeURIComponent(id)}`

/** Addresses of the GET handlers, for the browser's refetches. */
export const api = {
  session: () => '/api/session',
  images: (scope: Scope, page: { marker?: string; hidden: boolean }) =>
    `/api/images${query({ ...scope, marker: page.marker, hidden: String(page.hidden) })}`,
  imagesById: (scope: Scope, ids: readonly string[]) =>
    `/api/images/by-id${query({ ...scope, ids: ids.join(',') })}`,
  members: (scope: Scope, ids: readonly string[]) =>
    `/api/images/members${query({ ...scope, ids: ids.join(',') })}`,
  image: (scope: Scope, imageId: string) =>
    `/api/images/${encodeURIComponent(imageId)}${query({ ...scope })}`,
  incoming: (scope: Scope) => `/api/incoming${query({ ...scope })}`,
  offer: (scope: Scope, imageId: string) =>
    `/api/incoming/${encodeURIComponent(imageId)}${query({ ...scope })}`,
  jobs: () => '/api/jobs',
  job: (id: string) => `/api/jobs/${encodeURIComponent(id)}`,
  jobItems: (id: string, offset: number, state: string) =>
    `/api/jobs/${encodeURIComponent(id)}/items${query({ offset: String(offset), state })}`,
  upstreamJob: (scope: Scope, id: string) =>
    `/api/upstream-jobs/${encodeURIComponent(id)}${query({ ...scope })}`,
  activity: (page: Record<string, string | undefined>) => `/api/activity${query(page)}`,
  activityFile: (file: Record<string, string | undefined>) => `/api/activity/export${query(file)}`,
  audits: (scope: Scope) => `/api/audits${query({ ...scope })}`,
  audit: (scope: Scope, id: string) => `${audit(id)}${query({ ...scope })}`,
  auditRows: (scope: Scope, id: string, after: string) => `${audit(id)}/rows${query({ ...scope, after })}`,
  auditProjects: (scope: Scope, id: string) => `${audit(id)}/projects${query({ ...scope })}`,
  auditFindings: (scope: Scope, id: string) => `${audit(id)}/findings${query({ ...scope })}`,
  auditChanges: (scope: Scope, id: string, earlier: string) =>
    `${audit(id)}/changes${query({ ...scope, earlier })}`,
  auditFile: (scope: Scope, id: string, file: Record<string, string | undefined>) =>
    `${audit(id)}/export${query({ ...scope, ...file })}`,
  auditPolicy: (scope: Scope) => `/api/audit-policy${query({ ...scope })}`,
  clouds: () => '/api/clouds',
  events: () => '/api/events',
}
