/** What the event stream says: which thing changed, never what it now is. Views read it through their own query. */
export type LiveEvent =
  | { type: 'job'; id: string; revision: number; finished: boolean }
  | { type: 'signed-out' }
