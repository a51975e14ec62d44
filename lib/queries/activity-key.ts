/** What is read of the log; apart from the reads themselves, because screens without them make it stale. */
export const activityKey = ['activity'] as const
