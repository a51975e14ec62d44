/** Whether this browser receives events at the moment; while it does, polling slows down. */
let live = false

export function isLive(): boolean {
  return live
}

export function setLive(value: boolean): void {
  live = value
}
