import { setImmediate } from 'node:timers/promises'

/** Work done in one go before others have their turn: about as long as a request takes. */
const BUDGET_MS = 3

/**
 * Makes a function for long loops to await: it lets the event loop turn whenever that was kept waiting too long.
 * Awaiting queries is not enough, for SQLite answers without a turn of the loop.
 */
export function createYielder(): () => Promise<void> {
  let since = performance.now()
  return async () => {
    if (performance.now() - since < BUDGET_MS) return
    await setImmediate()
    since = performance.now()
  }
}
