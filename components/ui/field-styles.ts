/** What every input has in common; its height is its own. */
export const INPUT_CLASS =
  'w-full min-w-0 rounded-md border border-control bg-surface px-2.5 text-base text-ink transition-colors aria-invalid:border-danger read-only:bg-canvas disabled:bg-sunken disabled:text-ink-3 max-md:text-lg'
