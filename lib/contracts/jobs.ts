import type { ErrorCode } from './errors'
import type { Scope } from './scope'

export const jobKinds = ['share', 'stop', 'accept', 'reject', 'offer_again'] as const
export type JobKind = (typeof jobKinds)[number]

export const jobStates = [
  'queued',
  'running',
  'paused',
  'succeeded',
  'partly_failed',
  'failed',
  'cancelled',
] as const
export type JobState = (typeof jobStates)[number]

/** `throttled`: the cloud asked for patience again and again; `upstream`: it does not answer. */
export type PauseReason = 'sign_in' | 'upstream' | 'throttled'

export const itemStates = ['waiting', 'running', 'unknown', 'done', 'already', 'failed', 'skipped'] as const
export type ItemState = (typeof itemStates)[number]

/** One letter per state, so that a grid of ten thousand pairs travels as ten thousand characters. `.` is "not in this job". */
export const itemLetters = {
  waiting: 'w',
  running: 'r',
  unknown: 'u',
  done: 'd',
  already: 'a',
  failed: 'f',
  skipped: 's',
} as const satisfies Record<ItemState, string>

export type ItemCounts = Record<ItemState, number>

export interface JobSummary {
  id: string
  scope: Scope
  projectName: string
  kind: JobKind
  state: JobState
  pauseReason: PauseReason | null
  cancelRequested: boolean
  startedBy: { userId: string; name: string }
  /** Whether the caller is the one who started it; only that person may resume it. */
  mine: boolean
  createdAt: string
  startedAt: string | null
  finishedAt: string | null
  imageCount: number
  projectCount: number
  total: number
  counts: ItemCounts
  retryOf: string | null
}

/** One job of the cloud's (IMS), started by one of ours or looked up by its id. */
export interface UpstreamJobView {
  /** Null while its start was not answered. */
  id: string | null
  state: 'starting' | 'running' | 'succeeded' | 'failed' | 'unreadable' | 'timed_out'
  pairs: number
  startedAt: string
  finishedAt: string | null
  /** Why the cloud says it failed; the members tell which pairs did. */
  code: ErrorCode | null
}

/** One of the cloud's jobs, looked up by its id: what the cloud itself tells of it. */
export interface UpstreamJobReport extends Omit<UpstreamJobView, 'startedAt'> {
  id: string
  /** The cloud's own name for what the job does, for example `imsAddImageMembersJob`. */
  type: string | null
  /** Null where the cloud writes it in a form of its own. */
  startedAt: string | null
  /** What became of single images, as far as the cloud tells; often nothing. */
  results: { imageId: string; projectId: string | null; succeeded: boolean }[]
}

export interface JobTarget {
  id: string
  name: string | null
  /** An image of a whole server: the recipient accepts it into a backup vault (IMS). */
  fullServer?: true
  /** An image on which one of the projects was seen more than once when its sharing was to end. */
  twice?: true
}

/** Pairs that failed for the same reason. */
export interface JobFailure {
  code: ErrorCode
  values: Record<string, string | number>
  /** Upstream request ids, at most a handful. */
  requestIds: string[]
  /** Indexes into `images` and `projects`. */
  pairs: [image: number, project: number][]
  /** Whether running these pairs again can help. */
  retryable: boolean
}

export interface JobView extends JobSummary {
  /** Grows with every change; a view drops what is older than what it has. */
  revision: number
  images: JobTarget[]
  projects: JobTarget[]
  /** One string per image, one letter per project (`itemLetters`). */
  cells: string[]
  failures: JobFailure[]
  /** The cloud's own jobs that carry out this one, newest first; empty where it works pair by pair. */
  calls: UpstreamJobView[]
  /** The cloud asked for patience: nothing is sent before. Null while it does not. */
  waitsUntil: string | null
  /** Milliseconds per pair over the last pairs, for the time left; null while unknown. */
  msPerPair: number | null
}

/** One pair, for the table twin of the grid. */
export interface JobItemView {
  image: number
  project: number
  state: ItemState
  code: ErrorCode | null
  values: Record<string, string | number>
  requestId: string | null
  startedAt: string | null
  finishedAt: string | null
}

export interface JobItemPage {
  items: JobItemView[]
  total: number
  next: number | null
}

const terminalStates: readonly JobState[] = ['succeeded', 'partly_failed', 'failed', 'cancelled']

export function isFinished(job: Pick<JobSummary, 'state'>): boolean {
  return terminalStates.includes(job.state)
}
