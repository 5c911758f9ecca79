/** The sequence that numbers live events: its value is the number of the last one. */
export const LIVE = 'live'
/** The counter of what may have changed the review queue. */
export const QUEUE = 'queue'
/** The counters of changes after which somebody may no longer be who they were when their stream began. */
export const CREDENTIALS: readonly string[] = ['keys', 'sessions']
