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

export type PauseReason = 'sign_in' | 'upstream'

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

export interface JobTarget {
  id: string
  name: string | null
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
