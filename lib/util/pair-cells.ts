/**
 * States of one image × project pair, as one character each, so that a grid row is a string: cheap to
 * send, to compare and to redraw. An upper-case character is the same state with a finding.
 */
export const CELL_CODES = {
  none: '.',
  /* before the act */
  new: 'n',
  accepted: 'a',
  pending: 'p',
  rejected: 'r',
  impossible: 'x',
  /* the act itself */
  waiting: 'w',
  running: 'g',
  done: 'd',
  already: 'l',
  failed: 'f',
  skipped: 's',
  unknown: 'u',
} as const

export type CellState = keyof typeof CELL_CODES

export const CELL_STATES = Object.keys(CELL_CODES) as CellState[]

const BY_CODE = new Map<string, CellState>(CELL_STATES.map((state) => [CELL_CODES[state], state]))

/** The state of a character; what is not in the table is "unknown", a missing one "none". */
export function cellState(code: string | undefined): CellState {
  if (!code) return 'none'
  return BY_CODE.get(code.toLowerCase()) ?? 'unknown'
}

/** Whether a finding is attached to the pair. */
export function hasFinding(code: string | undefined): boolean {
  return code !== undefined && code !== code.toLowerCase()
}

/** How many pairs are in each state; states that do not occur are left out. */
export function countCells(rows: readonly string[]): Partial<Record<CellState, number>> {
  const counts: Partial<Record<CellState, number>> = {}
  for (const row of rows) {
    for (const code of row) {
      const state = cellState(code)
      counts[state] = (counts[state] ?? 0) + 1
    }
  }
  return counts
}
